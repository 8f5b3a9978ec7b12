/** A formula, drawn by KaTeX: loaded where a text has one. It builds elements, follows no links and runs nothing. */
import katex from "katex";
import "katex/dist/katex.min.css";
import { useLayoutEffect, useRef } from "react";
import type { Formula as FormulaToDraw } from "./formulas";
import classes from "./Markdown.module.css";

const SAFE = { trust: false, throwOnError: false, strict: "ignore", maxExpand: 300, maxSize: 20 } as const;

export default function Formula({ tex, apart }: FormulaToDraw) {
  const box = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (box.current) katex.render(tex, box.current, { ...SAFE, displayMode: apart });
  }, [tex, apart]);
  return <span ref={box} className={apart ? classes.apart : undefined} />;
}

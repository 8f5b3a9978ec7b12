/** JSON as people read it: one line where it is short, indented and coloured where it is long. */
import { Code } from "@/ui";
import classes from "./Json.module.css";

const ONE_LINE = 60;

export function Json({ value }: { value: unknown }) {
  const short = JSON.stringify(value);
  const text = short.length <= ONE_LINE ? short : JSON.stringify(value, null, 2);
  return (
    <pre className={classes.json}>
      <Code text={text} language="json" />
    </pre>
  );
}

/** What a text says as JSON: an object or a list; nothing for any other text. */
export function readJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A block of code. Its language, where it is named and known, is coloured once the highlighter is there. */
import { lazy, Suspense } from "react";

const Highlighted = lazy(() => import("./Highlighted"));
const LONGEST = 30_000;

export function Code({ text, language }: { text: string; language?: string | undefined }) {
  if (!language || text.length > LONGEST) return <code>{text}</code>;
  return (
    <Suspense fallback={<code>{text}</code>}>
      <Highlighted text={text} language={language} />
    </Suspense>
  );
}

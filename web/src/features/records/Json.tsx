/** JSON as people read it: one line where it is short, indented and coloured where it is long. */
import { Code } from "@/ui";
import classes from "./Json.module.css";
import { jsonText } from "./jsonText";

export function Json({ value }: { value: unknown }) {
  return (
    <pre className={classes.json}>
      <Code text={jsonText(value)} language="json" />
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

/** A sentence of the server's, with what it puts between backticks shown as code. */
import { Fragment } from "react";

export function Coded({ text }: { text: string }) {
  return text.split(/`([^`]+)`/).map((part, at) =>
    // Parts never change places: the text between the marks is every second one.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    at % 2 === 1 ? <code key={at}>{part}</code> : <Fragment key={at}>{part}</Fragment>,
  );
}

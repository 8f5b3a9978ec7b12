/** The passage of the record that is selected on the page, to be commented on. It stays when the selection goes. */
import { useEffect, useState } from "react";
import type { NewAbout } from "./api/threads";
import { occurrences, passageOf, textsOf } from "./passage";

export type Passage = { about: NewAbout; quote: string };

const SETTLED_MS = 150;
const LONGEST = 2000;

export function useSelectedPassage(
  fields: readonly { name: string }[],
  values: Readonly<Record<string, unknown>>,
): [Passage | null, (passage: Passage | null) => void] {
  const [passage, setPassage] = useState<Passage | null>(null);
  useEffect(() => {
    let timer = 0;
    const look = () => {
      const found = selectedPassage(fields, values);
      if (found) setPassage(found);
    };
    const onChange = () => {
      clearTimeout(timer);
      timer = window.setTimeout(look, SETTLED_MS);
    };
    look();
    document.addEventListener("selectionchange", onChange);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("selectionchange", onChange);
    };
  }, [fields, values]);
  return [passage, setPassage];
}

function selectedPassage(
  fields: readonly { name: string }[],
  values: Readonly<Record<string, unknown>>,
): Passage | null {
  const selection = document.getSelection();
  const quote = selection?.toString().trim() ?? "";
  if (!selection?.rangeCount || !quote || quote.length > LONGEST) return null;
  const { startContainer, startOffset } = selection.getRangeAt(0);
  const shown = elementOf(startContainer)?.closest<HTMLElement>("[data-record]");
  if (!shown) return null;
  const before = document.createRange();
  before.setStart(shown, 0);
  before.setEnd(startContainer, startOffset);
  const about = passageOf(quote, occurrences(before.toString(), quote).length, textsOf(fields, values));
  return about && { about, quote };
}

function elementOf(node: Node): Element | null {
  return node instanceof Element ? node : node.parentElement;
}

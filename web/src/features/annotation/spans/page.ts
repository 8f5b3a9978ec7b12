/**
 * Between the page and places in texts: what the browser's selection means, and how to select a stretch. A text on the
 * page is an element with `data-place`, in it the pieces with `data-at`; together they hold the text and nothing else.
 */
import type { Pointed } from "./Pointer";
import { endOf, type Selected, startOf } from "./words";

const ROOM_PX = 48;

/** The texts on the page in which passages can be marked, in reading order. */
export function textsOnPage(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-place]")];
}

export function textAt(place: string): HTMLElement | undefined {
  return textsOnPage().find((text) => text.dataset.place === place);
}

/** What is selected on the page, if it begins in one of the texts; it ends with that text at the latest. */
export function selectedOnPage(): Pointed | null {
  const selection = document.getSelection();
  const text = placeAround(selection?.anchorNode ?? null);
  if (!selection?.anchorNode || !selection.focusNode || !text?.dataset.place) return null;
  const anchor = offsetIn(text, selection.anchorNode, selection.anchorOffset);
  const inside = text.contains(selection.focusNode);
  const focus = inside ? offsetIn(text, selection.focusNode, selection.focusOffset) : edgeTowards(text, selection);
  return { place: text.dataset.place, anchor, focus };
}

/** Selects a stretch, and brings its moving end into sight. */
export function select({ place, anchor, focus }: Pointed): void {
  const text = textAt(place);
  const [from, to] = [text && pointIn(text, anchor), text && pointIn(text, focus)];
  if (!from || !to) return;
  document.getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  reveal(to.node, to.offset);
}

/** The place in a text nearest to a point of the window; nothing beside that text. */
export function placeAtPoint(place: string, x: number, y: number): number | undefined {
  const text = textAt(place);
  const found = caretAt(x, y);
  return text && found && text.contains(found.node) ? offsetIn(text, found.node, found.offset) : undefined;
}

function caretAt(x: number, y: number): { node: Node; offset: number } | undefined {
  if ("caretPositionFromPoint" in document) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret ? { node: caret.offsetNode, offset: caret.offset } : undefined;
  }
  const range = (document as Document).caretRangeFromPoint(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : undefined;
}

export function unselect(): void {
  document.getSelection()?.removeAllRanges();
}

/** The place on the line above or below a selection, as the page is laid out now. */
export function lineBeside({ place, anchor, focus }: Pointed, by: 1 | -1): Pointed | null {
  const text = textAt(place);
  const edge = text && pointIn(text, by === 1 ? endOf({ anchor, focus }) : startOf({ anchor, focus }));
  const selection = document.getSelection();
  if (!edge || !selection) return null;
  selection.collapse(edge.node, edge.offset);
  selection.modify("move", by === 1 ? "forward" : "backward", "line");
  return selectedOnPage();
}

/** The middle of a stretch on the page, brought into sight. */
export function revealStretch(place: string, stretch: Selected): void {
  const text = textAt(place);
  const point = text && pointIn(text, startOf(stretch));
  if (point) reveal(point.node, point.offset);
}

function placeAround(node: Node | null): HTMLElement | null {
  const element = node instanceof Element ? node : node?.parentElement;
  return element?.closest<HTMLElement>("[data-place]") ?? null;
}

function offsetIn(text: HTMLElement, node: Node, offset: number): number {
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

function edgeTowards(text: HTMLElement, selection: Selection): number {
  const after = selection.focusNode && text.compareDocumentPosition(selection.focusNode);
  return after && after & Node.DOCUMENT_POSITION_FOLLOWING ? (text.textContent?.length ?? 0) : 0;
}

/** The text node, and the place in it, where a character of a text stands. */
function pointIn(text: HTMLElement, at: number): { node: Text; offset: number } | undefined {
  const pieces = [...text.querySelectorAll<HTMLElement>("[data-at]")];
  const piece = pieces.findLast((one) => Number(one.dataset.at) < at) ?? pieces[0];
  if (!piece) return undefined;
  let left = at - Number(piece.dataset.at);
  const nodes = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode() as Text | null; node; node = nodes.nextNode() as Text | null) {
    if (left <= node.length) return { node, offset: left };
    left -= node.length;
  }
  return undefined;
}

function reveal(node: Text, offset: number): void {
  const range = document.createRange();
  range.setStart(node, Math.max(0, Math.min(offset, node.length - 1)));
  range.setEnd(node, Math.min(node.length, range.startOffset + 1));
  const { top, bottom } = range.getBoundingClientRect();
  const scroller = scrollerAround(node.parentElement);
  const view =
    scroller === document.scrollingElement ? new DOMRect(0, 0, 0, coveredFrom()) : scroller.getBoundingClientRect();
  if (top < view.top + ROOM_PX) scroller.scrollBy({ top: top - view.top - ROOM_PX });
  else if (bottom > view.bottom - ROOM_PX) scroller.scrollBy({ top: bottom - view.bottom + ROOM_PX });
}

/** Where on a phone the labels lie over the text that scrolls under them. */
function coveredFrom(): number {
  return document.querySelector("[data-over-text]")?.getBoundingClientRect().top ?? innerHeight;
}

function scrollerAround(element: Element | null): Element {
  for (let one = element; one; one = one.parentElement) {
    const scrolls = one.scrollHeight > one.clientHeight && /auto|scroll/.test(getComputedStyle(one).overflowY);
    if (scrolls) return one;
  }
  return document.scrollingElement ?? document.documentElement;
}

/** Out of a box and back to its question, where every key of the screen answers and Tab goes on to what is next. */
export function leave(box: HTMLElement | null): void {
  const title = box?.closest("[role='group']")?.querySelector<HTMLElement>("#question-title");
  if (title) title.focus({ preventScroll: true });
  else box?.blur();
}

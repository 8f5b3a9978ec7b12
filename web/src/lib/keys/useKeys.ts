/** `useKeys([...])`: the bindings a component answers to while it is mounted. One listener serves them all. */
import { useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { chosenKeys } from "./chosen";
import { withChosen } from "./keymap";
import { type Binding, find, nameOf, type Surroundings } from "./match";

type Registration = { current: readonly Binding[] };

const registrations: Registration[] = [];
const watchers = new Set<() => void>();
let visible: readonly Binding[] = [];

/** Listens from the moment its component is drawn: a key pressed right then is not lost to what stood there before. */
export function useKeys(bindings: readonly Binding[]): void {
  const registration = useRef<readonly Binding[]>(bindings);
  useLayoutEffect(() => {
    registration.current = bindings;
  });
  useLayoutEffect(() => {
    registrations.push(registration);
    if (registrations.length === 1) document.addEventListener("keydown", onKeyDown);
    tellWatchers();
    return () => {
      registrations.splice(registrations.indexOf(registration), 1);
      if (registrations.length === 0) document.removeEventListener("keydown", onKeyDown);
      tellWatchers();
    };
  }, []);
}

/** What the key overlay and the palette list, each with the keys it comes with; read when they open. */
export function useVisibleBindings(): readonly Binding[] {
  return useSyncExternalStore(watch, () => visible);
}

export function refreshVisibleBindings(): void {
  tellWatchers();
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const keymap = chosenKeys();
  const bindings = atHand().map((binding) => withChosen(binding, keymap));
  const binding = find(bindings, nameOf(event), surroundingsOf(event.target));
  if (!binding || (event.repeat && !binding.repeats)) return;
  event.preventDefault();
  binding.run();
}

/** What answers Enter by itself. `data-enter="pass"` is for controls that have nothing more to do: Enter goes on then. */
const CONTROLS = ["button", "a[href]", "summary", "[role='menuitem']", "[role='tab']", "[role='option']"]
  .map((one) => `${one}:not([data-enter='pass'])`)
  .join(", ");

function surroundingsOf(target: EventTarget | null): Surroundings {
  const element = target instanceof HTMLElement ? target : null;
  return {
    typing: element !== null && isTypedInto(element),
    onControl: element?.closest(CONTROLS) != null,
    dialog: document.querySelector("[role='dialog'][aria-modal='true']") !== null,
  };
}

const NOT_TYPED_INTO = new Set(["radio", "checkbox", "button", "submit", "range", "color", "file"]);

function isTypedInto(element: HTMLElement): boolean {
  if (element.isContentEditable) return true;
  if (element instanceof HTMLInputElement) return !NOT_TYPED_INTO.has(element.type);
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function tellWatchers(): void {
  visible = atHand().filter((b) => !b.quiet && !b.disabled);
  for (const watcher of watchers) watcher();
}

function atHand(): Binding[] {
  return registrations.flatMap((registration) => registration.current);
}

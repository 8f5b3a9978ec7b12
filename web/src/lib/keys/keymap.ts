/** The keys a person has chosen over those that deeds come with. Pure; `chosen.ts` keeps them. */
import { type Binding, type KeyName, keysOf } from "./match";

/** From a deed, as `deedOf` names it, to the key chosen for it. */
export type Keymap = Readonly<Record<string, KeyName>>;

/** Answers have the keys that the project's schema gives them, the same for everybody. */
const FIXED_GROUPS = new Set(["Answers"]);
/** The browser keeps these for itself, or people need them to move about. */
const TAKEN = new Set(["Tab", "shift+Tab", "F5", "F11", "F12", ..."lnqrtw".split("").map((letter) => `mod+${letter}`)]);
const MODIFIERS = new Set(["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock", "Dead", "Process"]);

export const THIS_PAGE = "This page";

/** Titles change with the situation; the group and the first key a deed comes with do not: "Record:s". */
export function deedOf(binding: Pick<Binding, "group" | "keys">): string {
  return deedNamed(binding.group, keysOf(binding)[0] ?? "");
}

export function deedNamed(group: string | undefined, key: KeyName): string {
  return `${group ?? THIS_PAGE}:${key}`;
}

export function withChosen<B extends Binding>(binding: B, keymap: Keymap): B {
  const chosen = keymap[deedOf(binding)];
  return chosen === undefined ? binding : { ...binding, keys: chosen };
}

export function mayBeChosen(binding: Binding): boolean {
  return !FIXED_GROUPS.has(binding.group ?? THIS_PAGE);
}

/** Why this press cannot stand for the deed, in words; undefined when it can. */
export function faultOf(binding: Binding, press: KeyName): string | undefined {
  if (TAKEN.has(press)) return "The browser needs this key for itself.";
  if (binding.whileTyping && !press.startsWith("mod+"))
    return "This works while you type, so it needs Ctrl (⌘ on a Mac) with another key.";
  return undefined;
}

/** A modifier by itself is the beginning of a press, not one. */
export function isWhole(press: KeyName): boolean {
  return !MODIFIERS.has(press.split("+").at(-1) ?? "");
}

/** Of the deeds at hand the one that has this key already. */
export function holderOf(
  press: KeyName,
  mine: Binding,
  atHand: readonly Binding[],
  keymap: Keymap,
): Binding | undefined {
  const deed = deedOf(mine);
  return atHand.find((one) => deedOf(one) !== deed && keysOf(withChosen(one, keymap)).includes(press));
}

/** `press` for `mine`. What comes to stand where it came from is not kept as a choice. */
export function chosenFor(mine: Binding, press: KeyName, keymap: Keymap): Keymap {
  const { [deedOf(mine)]: _, ...rest } = keymap;
  return keysOf(mine)[0] === press ? rest : { ...rest, [deedOf(mine)]: press };
}

/** Both deeds change keys: the holder of `press` gets the one that `mine` had. */
export function swapped(mine: Binding, holder: Binding, press: KeyName, keymap: Keymap): Keymap {
  const old = keysOf(withChosen(mine, keymap))[0] ?? "";
  return chosenFor(holder, old, chosenFor(mine, press, keymap));
}

/** Which key press means which deed. Pure, so that it can be tested without a browser. */

/** `"s"`, `"Enter"`, `"mod+z"`, `"ArrowLeft"`, `"?"`. `mod` is Ctrl, or ⌘ on a Mac. */
export type KeyName = string;

export type KeyPress = {
  key: string;
  code?: string;
  ctrlKey?: boolean;
  metaKey?: boolean;
  altKey?: boolean;
  shiftKey?: boolean;
};

export type Surroundings = {
  /** The caret stands in something people type into. */
  typing: boolean;
  /** Focus is on a button, link or menu entry, which answers Enter and Space by itself. */
  onControl: boolean;
  /** A dialog is open above the page. */
  dialog: boolean;
};

export type Binding = {
  keys: KeyName | readonly KeyName[];
  title: string;
  run: () => void;
  /** Heading in the key overlay. */
  group?: string;
  /** Works even while somebody types; only for keys with `mod`, and Escape. */
  whileTyping?: boolean;
  /** Not shown in the overlay. */
  quiet?: boolean;
  disabled?: boolean;
  /** Asked at the press: false leaves the key to the browser, such as Tab where the focus is elsewhere. */
  when?: () => boolean;
  /** A held key repeats the deed; otherwise repeats are ignored. */
  repeats?: boolean;
};

export function keysOf(binding: Pick<Binding, "keys">): readonly KeyName[] {
  return typeof binding.keys === "string" ? [binding.keys] : binding.keys;
}

/** The name of a press: "mod+Enter", "s", "1". Letters lose their case; digits are found on layouts that hide them behind Shift. */
export function nameOf(press: KeyPress): KeyName {
  const mod = press.ctrlKey || press.metaKey;
  const digit = !press.shiftKey && /^(Digit|Numpad)(\d)$/.exec(press.code ?? "")?.[2];
  const key = digit || (press.key.length === 1 ? press.key.toLowerCase() : press.key);
  const shift = press.shiftKey && (press.key.length > 1 || mod);
  return [mod && "mod", press.altKey && "alt", shift && "shift", key].filter(Boolean).join("+");
}

export function answers(binding: Binding, name: KeyName, around: Surroundings): boolean {
  if (binding.disabled || around.dialog) return false;
  if (!keysOf(binding).includes(name) || binding.when?.() === false) return false;
  if (around.typing) return binding.whileTyping === true;
  if (around.onControl && (name === "Enter" || name === " ")) return false;
  return true;
}

/** The last registered binding wins: what is nearest to the person's work was mounted last. */
export function find(bindings: readonly Binding[], name: KeyName, around: Surroundings): Binding | undefined {
  return bindings.findLast((binding) => answers(binding, name, around));
}

const SYMBOLS: Record<string, string> = {
  Enter: "↵",
  Escape: "Esc",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  " ": "Space",
  shift: "⇧",
  alt: "Alt",
};

/** How a key is written on its cap: "mod+z" → ["Ctrl", "Z"]. */
export function capsOf(name: KeyName, mac = false): string[] {
  return name.split(/(?<=.)\+/).map((part) => {
    if (part === "mod") return mac ? "⌘" : "Ctrl";
    return SYMBOLS[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  });
}

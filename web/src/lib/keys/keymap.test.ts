import { describe, expect, test } from "vitest";
import { chosenFor, deedOf, faultOf, holderOf, isWhole, type Keymap, swapped, withChosen } from "./keymap";
import { type Binding, find } from "./match";

const skip: Binding = { keys: "s", title: "Skip", group: "Record", run: () => {} };
const flag: Binding = { keys: "f", title: "Flag", group: "Record", run: () => {} };
const redo: Binding = {
  keys: ["mod+shift+z", "mod+y"],
  title: "Redo",
  group: "Record",
  whileTyping: true,
  run: () => {},
};
const free = { typing: false, onControl: false, dialog: false };
const at = (press: string, keymap: Keymap) =>
  find(
    [skip, flag, redo].map((one) => withChosen(one, keymap)),
    press,
    free,
  )?.title;

describe("a chosen key", () => {
  const keymap = chosenFor(skip, "x", {});
  test("stands in place of the one that came with the deed", () => {
    expect(at("x", keymap)).toBe("Skip");
    expect(at("s", keymap)).toBeUndefined();
  });
  test("stays when the deed's title changes", () =>
    expect(deedOf({ ...skip, title: "Leave it" } as Binding)).toBe(deedOf(skip)));
  test("is no choice when it is the one that came with the deed", () =>
    expect(chosenFor(skip, "s", keymap)).toEqual({}));
  test("stands for every key of a deed that has several", () => {
    const own = chosenFor(redo, "mod+u", {});
    expect([at("mod+y", own), at("mod+u", own)]).toEqual([undefined, "Redo"]);
  });
});

describe("a key that is taken", () => {
  test("is found, also where it was chosen", () => {
    expect(holderOf("f", skip, [skip, flag], {})).toBe(flag);
    expect(holderOf("q", skip, [skip, flag], chosenFor(flag, "q", {}))).toBe(flag);
    expect(holderOf("f", skip, [skip, flag], chosenFor(flag, "q", {}))).toBeUndefined();
  });
  test("can be swapped, and swapped back to nothing chosen", () => {
    const once = swapped(skip, flag, "f", {});
    expect([at("f", once), at("s", once)]).toEqual(["Skip", "Flag"]);
    expect(swapped(skip, flag, "s", once)).toEqual({});
  });
});

describe("a press that cannot be chosen", () => {
  test("is one the browser needs", () => expect(faultOf(skip, "mod+w")).toMatch(/browser/));
  test("is a letter for a deed that works while typing", () => expect(faultOf(redo, "u")).toMatch(/Ctrl/));
  test("is no press yet while only a modifier is down", () => {
    expect([isWhole("mod+Control"), isWhole("shift+Shift"), isWhole("mod+u")]).toEqual([false, false, true]);
  });
});

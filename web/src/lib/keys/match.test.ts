import { describe, expect, test } from "vitest";
import { answers, type Binding, capsOf, find, nameOf, type Surroundings } from "./match";

const free: Surroundings = { typing: false, onControl: false, dialog: false };
const binding = (over: Partial<Binding>): Binding => ({ keys: "s", title: "Skip", run: () => {}, ...over });

describe("the name of a key press", () => {
  test("letters lose their case", () => expect(nameOf({ key: "S", shiftKey: true })).toBe("s"));
  test("Ctrl and Command are the same key", () => {
    expect(nameOf({ key: "z", ctrlKey: true })).toBe("mod+z");
    expect(nameOf({ key: "z", metaKey: true })).toBe("mod+z");
  });
  test("a digit is found on a layout that puts it behind Shift", () => {
    expect(nameOf({ key: "&", code: "Digit1" })).toBe("1");
    expect(nameOf({ key: "1", code: "Numpad1" })).toBe("1");
  });
  test("a shifted digit key keeps the sign it types", () => {
    expect(nameOf({ key: "?", code: "Digit9", shiftKey: true })).toBe("?");
  });
  test("Shift is part of the name where it changes nothing else", () => {
    expect(nameOf({ key: "Enter", shiftKey: true })).toBe("shift+Enter");
  });
});

describe("a binding", () => {
  test("never fires while somebody types", () => {
    expect(answers(binding({}), "s", { ...free, typing: true })).toBe(false);
  });
  test("fires while somebody types when it says so", () => {
    expect(answers(binding({ keys: "mod+Enter", whileTyping: true }), "mod+Enter", { ...free, typing: true })).toBe(
      true,
    );
  });
  test("leaves Enter to a focused button", () => {
    expect(answers(binding({ keys: "Enter" }), "Enter", { ...free, onControl: true })).toBe(false);
    expect(answers(binding({ keys: "s" }), "s", { ...free, onControl: true })).toBe(true);
  });
  test("rests below an open dialog and when disabled", () => {
    expect(answers(binding({}), "s", { ...free, dialog: true })).toBe(false);
    expect(answers(binding({ disabled: true }), "s", free)).toBe(false);
  });
  test("registered last wins", () => {
    const page = binding({ title: "page" });
    const question = binding({ title: "question" });
    expect(find([page, question], "s", free)?.title).toBe("question");
  });
});

test("caps are written as on a keyboard", () => {
  expect(capsOf("mod+z")).toEqual(["Ctrl", "Z"]);
  expect(capsOf("mod+z", true)).toEqual(["⌘", "Z"]);
  expect(capsOf("Enter")).toEqual(["↵"]);
  expect(capsOf("+")).toEqual(["+"]);
});

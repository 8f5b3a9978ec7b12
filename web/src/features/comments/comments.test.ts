import { expect, test } from "vitest";
import { offered, toldBy, typedMention, withMention, withMentionLinks, withPassageLinks } from "./mentioning";
import { passageOf, textsOf } from "./passage";

const PEOPLE = [{ handle: "Ann" }, { handle: "Ann Lee" }, { handle: "Rita Ray" }];

test("a mention begins with an @ at the start of a word and may hold spaces", () => {
  expect(typedMention("Hi @Ann Le", 10)).toEqual({ start: 3, word: "Ann Le" });
  expect(typedMention("mail a@b", 8)).toBeNull();
  expect(typedMention("@ no", 4)).toBeNull();
  expect(typedMention("@Ann\nnext", 9)).toBeNull();
});

test("names that begin so come first, and the chosen one is written out with a space", () => {
  expect(offered(PEOPLE, "r").map((one) => one.handle)).toEqual(["Rita Ray"]);
  expect(offered(PEOPLE, "l").map((one) => one.handle)).toEqual(["Ann Lee"]);
  expect(withMention("Hi @an, ok", 6, { start: 3, word: "an" }, "Ann Lee")).toEqual({
    text: "Hi @Ann Lee , ok",
    caret: 12,
  });
});

test("the longest name is meant, whatever its case, and words that only look alike are not", () => {
  expect(toldBy("@ann lee and x@Rita Ray, @Annabel", PEOPLE)).toEqual([{ handle: "Ann Lee" }]);
  expect(withMentionLinks("See @Ann Lee [x](#tone)", ["Ann Lee"])).toBe("See [@Ann Lee](#@) [x](#tone)");
  expect(withMentionLinks("See @A]n(", ["A]n("])).toBe("See [@A\\]n(](#@)");
});

test("a selection becomes a place in code points, the nth of the same words", () => {
  const values = { text: "🎈 no, no", chat: [{ role: "user", content: "say no" }, { content: 3 }], n: 4 };
  const texts = textsOf([{ name: "text" }, { name: "chat" }, { name: "n" }], values);
  expect(passageOf("no", 1, texts)).toEqual({ place: "span", field: "text", start: 6, end: 8 });
  expect(passageOf("no", 2, texts)).toEqual({ place: "span", field: "chat", turn: 0, start: 4, end: 6 });
  expect(passageOf("yes", 0, texts)).toBeNull();
  expect(passageOf("  ", 0, texts)).toBeNull();
});

test("the address of an edge case is a link, and one that is a link already stays as it is", () => {
  expect(withPassageLinks("See #edge-late, and [that](#edge-late).")).toBe(
    "See [#edge-late](#edge-late), and [that](#edge-late).",
  );
  expect(withPassageLinks("#12 and #late")).toBe("#12 and #late");
});

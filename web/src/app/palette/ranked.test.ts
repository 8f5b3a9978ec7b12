import { describe, expect, test } from "vitest";
import { ranked } from "./ranked";

const entries = [
  { title: "Skip", also: "Record" },
  { title: "Review", also: "Support messages" },
  { title: "Überblick", also: "Support messages" },
  { title: "Preview a release" },
];
const titles = (typed: string) => ranked(entries, typed).map((one) => one.title);

describe("what the palette finds", () => {
  test("everything, in its order, before anything is typed", () => expect(titles(" ")).toHaveLength(4));
  test("the beginning of a title before the middle of one", () => expect(titles("re")[0]).toBe("Review"));
  test("the middle of a word comes last, but comes", () =>
    expect(titles("view")).toEqual(["Review", "Preview a release"]));
  test("words in any order, over title and more", () => expect(titles("support rev")).toEqual(["Review"]));
  test("letters without their marks", () => expect(titles("uber")).toEqual(["Überblick"]));
  test("nothing where a word is missing", () => expect(titles("review zebra")).toEqual([]));
});

import { describe, expect, test } from "vitest";
import { beside, dropped, letterOf, moved, placed, placeInWords, takenOut, tied } from "./order";

const all = ["a", "b", "c", "d"];

test("candidates take the next place, and the last one left takes the last", () => {
  const two = placed(placed([], "b", all), "d", all);
  expect(two).toEqual([["b"], ["d"]]);
  expect(placed(two, "a", all)).toEqual([["b"], ["d"], ["a"], ["c"]]);
  expect(placed(two, "b", all)).toBe(two);
});

describe("a candidate", () => {
  const order = [["a"], ["b", "c"], ["d"]];
  test("moves past its neighbours and stops at the ends", () => {
    expect(moved(order, "d", -1)).toEqual([["a"], ["d"], ["b", "c"]]);
    expect(moved(order, "a", -1)).toBe(order);
    expect(moved(order, "a", 1)).toEqual([["b", "c"], ["a"], ["d"]]);
  });
  test("leaves a tie first", () => {
    expect(moved(order, "c", -1)).toEqual([["a"], ["c"], ["b"], ["d"]]);
    expect(moved(order, "b", 1)).toEqual([["a"], ["c"], ["b"], ["d"]]);
  });
  test("is tied with those above, and untied again", () => {
    expect(tied(order, "d")).toEqual([["a"], ["b", "c", "d"]]);
    expect(tied(order, "c")).toEqual([["a"], ["b"], ["c"], ["d"]]);
    expect(tied(order, "a")).toBe(order);
  });
  test("can be taken out", () => {
    expect(takenOut(order, "b")).toEqual([["a"], ["c"], ["d"]]);
    expect(takenOut(order, "d")).toEqual([["a"], ["b", "c"]]);
  });
  test("is dropped before a group, into it, or at the end", () => {
    expect(dropped(order, "d", 0, false)).toEqual([["d"], ["a"], ["b", "c"]]);
    expect(dropped(order, "d", 0, true)).toEqual([
      ["a", "d"],
      ["b", "c"],
    ]);
    expect(dropped(order, "b", 3, false)).toEqual([["a"], ["c"], ["d"], ["b"]]);
    expect(dropped([["a"]], "z", 9, false)).toEqual([["a"], ["z"]]);
    expect(dropped(order, "a", 0, false)).toEqual(order);
  });
});

test("no step loses or doubles a candidate", () => {
  const orders = [[["a"], ["b", "c"], ["d"]], [["a", "b", "c", "d"]], [["d"], ["c"], ["b"], ["a"]]];
  for (const order of orders)
    for (const one of all)
      for (const next of [
        moved(order, one, 1),
        moved(order, one, -1),
        tied(order, one),
        dropped(order, one, 1, true),
        dropped(order, one, 0, false),
      ])
        expect(next.flat().toSorted()).toEqual(all);
});

test("one walks through the order, and places are told in words", () => {
  const order = [["a"], ["b", "c"]];
  expect(beside(order, undefined, 1)).toBe("a");
  expect(beside(order, "a", 1)).toBe("b");
  expect(beside(order, "c", 1)).toBe("c");
  expect(placeInWords(order, 0)).toBe("1st");
  expect(placeInWords(order, 1)).toBe("2nd–3rd");
  expect(placeInWords([...Array.from({ length: 10 }, (_, n) => [String(n)]), ["x"]], 10)).toBe("11th");
  expect([letterOf(0), letterOf(2)]).toEqual(["A", "C"]);
});

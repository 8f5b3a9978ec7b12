import { expect, it } from "vitest";
import { jsonText } from "./jsonText";

it("keeps what is short on one line", () => {
  expect(jsonText({ city: "Bern", days: [1, 2], more: {} })).toBe('{ "city": "Bern", "days": [1, 2], "more": {} }');
});

it("gives a line to each part of what is long, and says the same", () => {
  const value = { a: "x".repeat(50), list: [{ deep: "y".repeat(60) }, null], n: [1, 2, 3] };
  const text = jsonText(value);
  expect(text.split("\n").at(-2)).toBe('  "n": [1, 2, 3]');
  expect(JSON.parse(text)).toEqual(value);
});

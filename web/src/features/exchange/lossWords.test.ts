import { expect, test } from "vitest";
import { lossInWords } from "./lossWords";

test("a loss is told in words, a new one at least readably", () => {
  expect(lossInWords("relations_between_passages")).toBe("Relations between passages");
  expect(lossInWords("something_quite_new")).toBe("Something quite new");
});

import { expect, test } from "vitest";
import { afterDay, dayIn, lastDayBefore, startOfDay } from "./days";

test("a day comes back from the moments that bound it, also where the clock is changed", () => {
  for (const day of ["2026-05-04", "2026-02-28", "2026-03-29", "2026-10-25", "2026-12-31"]) {
    expect(dayIn(startOfDay(day))).toBe(day);
    expect(lastDayBefore(afterDay(day))).toBe(day);
  }
});

test("no day is no moment", () => {
  expect([startOfDay(""), afterDay(""), dayIn(null), lastDayBefore(null)]).toEqual([null, null, "", ""]);
});

import { expect, test } from "vitest";
import { withoutGaps } from "./days";

const work = (day: string, submitted: number) => ({ day, submitted, active_ms: 1000 });

test("days without work are there, with nothing in them", () => {
  const days = withoutGaps([work("2026-01-01", 3), work("2026-01-20", 5)]);
  expect(days).toHaveLength(20);
  expect(days[0]?.submitted).toBe(3);
  expect(days[1]).toEqual({ day: "2026-01-02", submitted: 0, active_ms: 0 });
  expect(days.at(-1)?.submitted).toBe(5);
});

test("a young project is shown on two weeks, its first day at the right", () => {
  const days = withoutGaps([work("2026-03-02", 3)]);
  expect(days).toHaveLength(14);
  expect(days.at(-1)?.day).toBe("2026-03-02");
  expect(days[0]?.day).toBe("2026-02-17");
});

test("no days stay no days", () => expect(withoutGaps([])).toEqual([]));

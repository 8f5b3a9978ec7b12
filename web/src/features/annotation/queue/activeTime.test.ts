import { describe, expect, test } from "vitest";
import { hidden, seen, shown, startedAt, totalMs } from "./activeTime";

const SECOND = 1000;

describe("active time", () => {
  test("counts from one sign of life to the next", () => {
    const time = [5, 20, 70].reduce((t, at) => seen(t, at * SECOND), startedAt(0));
    expect(totalMs(time, 80 * SECOND)).toBe(80 * SECOND);
  });

  test("a pause of a minute counts, a longer one does not", () => {
    expect(totalMs(startedAt(0), 60 * SECOND)).toBe(60 * SECOND);
    expect(totalMs(startedAt(0), 60 * SECOND + 1)).toBe(0);
    const back = seen(seen(startedAt(0), 10 * SECOND), 200 * SECOND);
    expect(totalMs(back, 205 * SECOND)).toBe(15 * SECOND);
  });

  test("a hidden tab does not count, whatever happens in it", () => {
    const away = hidden(seen(startedAt(0), 4 * SECOND), 6 * SECOND);
    expect(totalMs(seen(away, 20 * SECOND), 30 * SECOND)).toBe(6 * SECOND);
    expect(totalMs(shown(away, 40 * SECOND), 43 * SECOND)).toBe(9 * SECOND);
  });

  test("a record that comes back goes on where it was", () => {
    expect(totalMs(startedAt(0, 12 * SECOND), 3 * SECOND)).toBe(15 * SECOND);
  });

  test("a clock that runs backwards takes nothing away", () => {
    expect(totalMs(seen(startedAt(10 * SECOND), 5 * SECOND), 6 * SECOND)).toBe(SECOND);
  });
});

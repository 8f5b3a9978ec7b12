import { expect, test } from "vitest";
import { ago, bytes, decimal, duration, percent, plural } from "./format";

test("spans of time", () => {
  expect(duration(4200)).toBe("4 s");
  expect(duration(95_000)).toBe("1 min 35 s");
  expect(duration(5_400_000)).toBe("1 h 30 min");
  expect(duration(7_200_000)).toBe("2 h");
});

test("how long ago", () => {
  const now = Date.parse("2026-03-10T12:00:00Z");
  expect(ago("2026-03-10T11:59:40Z", now)).toBe("just now");
  expect(ago("2026-03-10T11:57:00Z", now)).toBe("3 minutes ago");
  expect(ago("2026-03-09T12:00:00Z", now)).toBe("yesterday");
});

test("numbers", () => {
  expect(percent(0.7312, 1)).toBe("73.1%");
  expect(decimal(-0.126)).toBe("−0.13");
  expect(plural(1, "record")).toBe("1 record");
  expect(plural(1200, "reply", "replies")).toBe("1,200 replies");
  expect(bytes(12_345_678)).toBe("12.3 MB");
});

import { expect, test } from "vitest";
import { stepsOf } from "./steps";

const nothing = { records: 0, annotations: 0, disputed: 0, resolved: 0 };
const next = (...args: Parameters<typeof stepsOf>) => stepsOf(...args).find((step) => !step.done)?.title;

test("a new project starts with an import", () => expect(next(nothing, 1, 0)).toBe("Import"));
test("then people are invited", () => expect(next({ ...nothing, records: 9 }, 1, 0)).toBe("Invite"));
test("then somebody annotates", () => expect(next({ ...nothing, records: 9 }, 3, 0)).toBe("Annotate"));
test("a dispute asks for review before a release", () => {
  expect(next({ records: 9, annotations: 20, disputed: 1, resolved: 5 }, 3, 0)).toBe("Review");
  expect(next({ records: 9, annotations: 20, disputed: 0, resolved: 5 }, 3, 0)).toBe("Release");
});
test("after a release nothing is left", () => {
  expect(next({ records: 9, annotations: 20, disputed: 0, resolved: 9 }, 3, 1)).toBeUndefined();
});

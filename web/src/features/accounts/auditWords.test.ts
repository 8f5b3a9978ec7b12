import { expect, test } from "vitest";
import { actionInWords, detailsInWords } from "./auditWords";

test("a known action has a sentence of its own", () => {
  expect(actionInWords("case.decide")).toBe("Decided a record");
});

test("an unknown action is still readable", () => {
  expect(actionInWords("queue.bulk_close")).toBe("Queue bulk close");
});

test("details name the subject, skip what is empty and hide ids", () => {
  const entry = {
    subject: "person:4",
    details: { role: "reviewer", note: "", project_id: 3, policy: { overlap: 2, blind: true } },
  };
  expect(detailsInWords(entry, "Bela Okafor")).toBe("Bela Okafor · role: reviewer · policy: overlap 2, blind yes");
});

import { expect, test } from "vitest";
import { linkOf, plainly, whatHappened } from "./words";

const about = { record_id: 5, task_id: 7, thread_id: 9 };

test("who browses is led to the thread on the record, who annotates to their own task", () => {
  const notice = { project_id: 2, about, kind: "reply" as const };
  expect(linkOf(notice, "reviewer")).toBe("/projects/2/records/5#thread-9");
  expect(linkOf(notice, "annotator")).toBe("/projects/2/annotate?task=7&thread=9");
  expect(linkOf({ ...notice, kind: "flagged" }, "reviewer")).toBe("/projects/2/review?case=7");
  expect(linkOf({ ...notice, kind: "assigned" }, "annotator")).toBe("/projects/2/annotate");
  expect(linkOf({ ...notice, kind: "sent_back" }, "manager")).toBe("/projects/2/annotate?task=7&thread=9");
  expect(linkOf({ ...notice, kind: "fixed" }, "annotator")).toBe("/projects/2/annotate?task=7&beside=feedback");
  expect(linkOf({ ...notice, about: { record_id: null, task_id: null, thread_id: null } }, "viewer")).toBe(
    "/projects/2",
  );
});

test("a notice says who did what, as far as it may be known", () => {
  expect(whatHappened({ kind: "resolved", by: "Reviewer" })).toBe("Reviewer resolved a thread");
  expect(whatHappened({ kind: "sent_back", by: null })).toBe("Somebody sent your answer back");
});

test("the words of a notice lose their marks and nothing else", () => {
  expect(plainly("No, **the first** *one*: `a_b`, see [tone](#tone)")).toBe("No, the first one: a_b, see tone");
  expect(plainly("2 * 3 * 4 and snake_case_name")).toBe("2 * 3 * 4 and snake_case_name");
  expect(plainly("> quoted ## not a head")).toBe("quoted not a head");
});

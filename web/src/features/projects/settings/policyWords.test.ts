import { expect, test } from "vitest";
import type { Policy } from "../api/project";
import { policyInWords } from "./policyWords";

const policy = (over: Partial<Policy>): Policy => ({
  overlap: 3,
  max_annotators: 5,
  consensus: { rule: "majority", share: 0.67 },
  rating_tolerance: 0,
  span_tolerance: 0,
  lease_seconds: 1800,
  blind: true,
  reserved_only: false,
  annotators_see_metadata: false,
  adjudicator_may_have_annotated: false,
  expert_sample_share: 0,
  images: "blocked",
  image_hosts: [],
  ...over,
});

test("overlap and disagreement are told in their order", () => {
  expect(policyInWords(policy({}))).toBe(
    "Each record is answered by 3 people who do not see each other's answers. An answer that more than half of them give counts as agreed; otherwise more people are asked, up to 5, and then an expert decides.",
  );
});

test("without room for more people the expert comes at once", () => {
  const words = policyInWords(policy({ max_annotators: 3, consensus: { rule: "share", share: 0.75 } }));
  expect(words).toContain("at least 75% of them give counts as agreed; otherwise an expert decides.");
});

test("reserved records go to nobody else", () => {
  expect(policyInWords(policy({ reserved_only: true, overlap: 1 }))).toBe(
    "Each record is answered by the people for whom it is reserved, and by nobody else. An answer that more than half of them give counts as agreed; otherwise an expert decides.",
  );
});

test("a small expert sample keeps its decimal", () => {
  expect(policyInWords(policy({ expert_sample_share: 0.025 }))).toContain("2.5% of the agreed records");
});

test("how far passages may lie apart is told where it matters", () => {
  expect(policyInWords(policy({ span_tolerance: 2 }))).toContain("ends lie at most 2 characters apart are the same.");
  expect(policyInWords(policy({}))).not.toContain("apart");
});

import { expect, test } from "vitest";
import { branchesOf, found } from "./optionTree";

const options = [
  { value: "card", title: "Card" },
  { value: "lost", title: "Lost or stolen", parent: "card" },
  { value: "cafe", title: "Café purchase", parent: "card" },
  { value: "transfer", title: "Transfer" },
  { value: "sepa", title: "SEPA transfer", parent: "transfer" },
];
const values = (branches: ReturnType<typeof branchesOf>) => branches.map((branch) => branch.option.value);

test("children follow their parent, with the way that leads to them", () => {
  const shuffled = [3, 1, 4, 0, 2].map((at) => options[at] ?? { value: "" });
  const branches = branchesOf(shuffled, false);
  expect(values(branches)).toEqual(["transfer", "sepa", "card", "lost", "cafe"]);
  expect(branches[1]).toMatchObject({ path: ["Transfer"], depth: 1, choosable: true });
});

test("only leaves can be chosen where the question says so", () => {
  expect(branchesOf(options, true).map((branch) => branch.choosable)).toEqual([false, true, true, false, true]);
});

test("a search finds words anywhere on the way, without accents, best titles first", () => {
  const branches = branchesOf(options, true);
  expect(values(found(branches, "cafe"))).toEqual(["cafe"]);
  expect(values(found(branches, "card lo"))).toEqual(["lost"]);
  expect(values(found(branchesOf(options, false), "transfer"))).toEqual(["transfer", "sepa"]);
  const areas = branchesOf([...options, { value: "card 2", title: "2", parent: "transfer" }], true);
  expect(values(found(areas, "card"))).toEqual(["lost", "cafe", "card 2"]);
  expect(found(branches, "nothing like it")).toEqual([]);
  expect(found(branches, " ")).toBe(branches);
});

test("an unknown parent or a ring loses no option and does not hang", () => {
  expect(values(branchesOf([{ value: "a", parent: "gone" }], false))).toEqual(["a"]);
  expect(
    branchesOf(
      [
        { value: "a", parent: "b" },
        { value: "b", parent: "a" },
      ],
      false,
    ),
  ).toEqual([]);
});

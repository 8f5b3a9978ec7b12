import { expect, it } from "vitest";
import { formulaIn, withFormulas } from "./formulas";

const inline = (tex: string) => `\`\ue000i${tex}\``;
const apart = (tex: string) => `\`\ue000d${tex}\``;

it.each([
  ["\\(a_1\\) and $b_2$", `${inline("a_1")} and ${inline("b_2")}`],
  ["\\[\nx\n\\]", apart("x")],
  ["so $$E = mc^2$$.", `so ${apart("E = mc^2")}.`],
  ["> \\[a\n> b\\]", `> ${apart("a b")}`],
  ["$\\$5$", inline("\\$5")],
  ["$a`b$", "$a`b$"],
  ["$$a``b$$", "```\ue000da``b```"],
])("finds the formulas in %j", (text, marked) => {
  expect(withFormulas(text)).toBe(marked);
});

it.each([
  "It costs $5 and $10.",
  "from $ 5 to 6 $",
  "\\$x\\$",
  "a $ alone",
  "`$x$` and ``a ` $y$``",
  "```js\nconst a = `$b$`; \\(c\\)\n```",
  "~~~\n$x$\n~~~",
  "```\nnever closed $x$",
  "\\(never closed",
  "$$ $$",
  "$a\n\nb$",
  "\\[a\n\nb\\]",
])("leaves %j alone", (text) => {
  expect(withFormulas(text)).toBe(text);
});

it("tells a marked span from code", () => {
  expect(formulaIn("\ue000dx^2")).toEqual({ tex: "x^2", apart: true });
  expect(formulaIn("\ue000ix")).toEqual({ tex: "x", apart: false });
  expect(formulaIn("x")).toBeUndefined();
});

it.each(["$", "\\(", "\\[", "$$", "`", "``$", "\n```\n", "~", "$a ", "\\"])(
  "is done with a hundred thousand of %j in no time",
  (piece) => {
    const text = piece.repeat(100_000 / piece.length);
    const begun = performance.now();
    withFormulas(text);
    expect(performance.now() - begun).toBeLessThan(500);
  },
);

/** Which key gives which answer. Digits first, as they lie in a row; then letters that no deed of the screen uses. */
import type { KeyName } from "@/lib/keys";
import type { Question, QuestionOf } from "./shapes";

/** Letters that the screens around a question need for themselves: annotate and review. */
export const TAKEN = "acdfghjksw";

const DIGITS = [..."1234567890"];
const FREE_LETTERS = [..."qertyuiopzxcvbnmdl"].filter((letter) => !TAKEN.includes(letter));
const POSITIONS = [...DIGITS, ...FREE_LETTERS];

/** A key for each option, in order. A key of the schema's own goes first, unless the screen needs it or another has it. */
export function optionKeys(
  options: ReadonlyArray<{ key?: string | null }>,
  /** More letters that something nearby needs. */
  needed = "",
): ReadonlyArray<KeyName | undefined> {
  const taken = TAKEN + needed;
  const wished = new Set<string>();
  const own = options.map(({ key }) => {
    if (!key || taken.includes(key) || wished.has(key)) return undefined;
    wished.add(key);
    return key;
  });
  const rest = POSITIONS.filter((key) => !wished.has(key) && !needed.includes(key));
  return own.map((key) => key ?? rest.shift());
}

/** A rating is given by its own digit where that is possible, else by its place. 10 is `0` where no 0 is on the scale. */
export function ratingKeys({ min, max }: Pick<QuestionOf<"rating">, "min" | "max">): Map<number, KeyName> {
  const values = Array.from({ length: max - min + 1 }, (_, i) => min + i);
  const byDigit = min >= 0 && max <= 9;
  const upToTen = min >= 1 && max === 10;
  const keys = values.map((value, i) => {
    if (byDigit) return String(value);
    if (upToTen) return String(value % 10);
    return POSITIONS[i];
  });
  return new Map(values.flatMap((value, i) => (keys[i] === undefined ? [] : [[value, keys[i]]])));
}

export function canTakeKeys(question: Question): boolean {
  return question.type !== "text";
}

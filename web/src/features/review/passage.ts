/** The passage of the guideline that speaks of a question: the section named like it. */
import type { Question } from "@/features/projects";
import type { GuidelineSection } from "@/features/projects/guidelineSections";

export function passageFor(
  question: Pick<Question, "name" | "title">,
  sections: readonly GuidelineSection[],
): GuidelineSection | undefined {
  const name = words(question.name);
  const same = sections.find((section) => words(section.title).join() === name.join());
  return same ?? sections.find((section) => name.every((word) => words(section.title).includes(word)));
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

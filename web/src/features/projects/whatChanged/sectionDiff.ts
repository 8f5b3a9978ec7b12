/** What changed between two guidelines, section by section: anchors tell which belong together. */
import { type GuidelineSection, sectionsOf } from "../guidelineSections";

export type SectionChange =
  | { kind: "new"; section: GuidelineSection }
  | { kind: "gone"; section: GuidelineSection }
  | { kind: "changed"; before: GuidelineSection; section: GuidelineSection };

export function changedSections(before: string, after: string): readonly SectionChange[] {
  const old = new Map(sectionsOf(before).map((section) => [section.anchor, section]));
  const now = sectionsOf(after);
  const kept = new Set(now.map((section) => section.anchor));
  return [
    ...now.flatMap((section): SectionChange[] => {
      const was = old.get(section.anchor);
      if (!was) return [{ kind: "new", section }];
      return was.body.trim() === section.body.trim() ? [] : [{ kind: "changed", before: was, section }];
    }),
    ...[...old.values()]
      .filter((section) => !kept.has(section.anchor))
      .map((section): SectionChange => ({ kind: "gone", section })),
  ];
}

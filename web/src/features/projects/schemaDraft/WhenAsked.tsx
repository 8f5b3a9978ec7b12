/** Whether a question is always asked, or only after certain answers to one before it. */
import { Checkbox } from "@mantine/core";
import { Choice } from "@/ui/Choice";
import { answersOf, type DraftQuestion } from "./draft";
import classes from "./SchemaEditor.module.css";

type WhenAskedProps = {
  question: DraftQuestion;
  earlier: readonly DraftQuestion[];
  change: (to: Partial<DraftQuestion>) => void;
};

export function WhenAsked({ question, earlier, change }: WhenAskedProps) {
  const { when } = question;
  const deciding = earlier.filter((one) => one.name && answersOf(one).length > 0);
  const other = deciding.find((one) => one.name === when.question);
  if (deciding.length === 0 && !when.question) return null;
  const toggle = (value: string | number) => {
    const any_of = when.any_of.includes(value) ? when.any_of.filter((one) => one !== value) : [...when.any_of, value];
    change({ when: { ...when, any_of } });
  };
  return (
    <>
      <Choice
        titled
        label="Ask it"
        options={[
          { value: "", label: "Always" },
          ...deciding.map((one) => ({ value: one.name, label: `After some answers to “${one.title || one.name}”` })),
        ]}
        value={when.question}
        onChange={(name) => change({ when: { question: name, any_of: [] } })}
      />
      {other && (
        <fieldset className={classes.options}>
          <legend>Only if the answer is, or holds, one of these</legend>
          <div className={classes.checks}>
            {answersOf(other).map(({ value, title }) => (
              <Checkbox
                key={value}
                label={title}
                checked={when.any_of.includes(value)}
                onChange={() => toggle(value)}
              />
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}

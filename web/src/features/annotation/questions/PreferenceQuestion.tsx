/** Which of two candidates is better: one scale from the first to the second, and two ways not to choose. */
import { useKeys } from "@/lib/keys";
import { Key } from "@/ui";
import { preferenceOf } from "../answers";
import { answerAt, isAt, type Place, placesOf, type Side, stepTowards } from "../preference";
import type { Asked } from "./asked";
import classes from "./PreferenceQuestion.module.css";

const APART = [
  { choice: "tie", title: "Tie", keyName: "t", allowed: "allow_tie" },
  { choice: "both_bad", title: "Both bad", keyName: "b", allowed: "allow_both_bad" },
] as const;

export function PreferenceQuestion({ question, value, onAnswer, swapped }: Asked<"preference">) {
  const answer = preferenceOf(value);
  const places = placesOf(question);
  const apart = APART.filter((one) => question[one.allowed]);
  const step = (side: Side) => onAnswer(stepTowards(side, answer, places, swapped), false);
  const choose = (place: Place) => onAnswer(answerAt(place, swapped), true);

  useKeys([
    { keys: "ArrowLeft", title: "Towards the first", group: "Answers", repeats: true, run: () => step("first") },
    { keys: "ArrowRight", title: "Towards the second", group: "Answers", repeats: true, run: () => step("second") },
    ...places.map((place, at) => ({
      keys: String(at + 1),
      title: `${place.side === "first" ? "First" : "Second"} ${place.title}`,
      group: "Answers",
      run: () => choose(place),
    })),
    ...apart.map(({ choice, title, keyName }) => ({
      keys: keyName,
      title,
      group: "Answers",
      run: () => onAnswer({ choice }, true),
    })),
  ]);

  return (
    <div className={classes.preference}>
      {(["first", "second"] as const).map((side) => (
        <div key={side} className={classes.side} data-side={side}>
          <p className={classes.sideTitle}>
            {side === "first" && <Key name="ArrowLeft" tone="quiet" />}
            {side === "first" ? "First is" : "Second is"}
            {side === "second" && <Key name="ArrowRight" tone="quiet" />}
          </p>
          <div className={classes.places}>
            {places.map((place, at) =>
              place.side === side ? (
                <Target
                  key={`${side}${place.strength}`}
                  chosen={isAt(place, answer, swapped)}
                  keyName={String(at + 1)}
                  title={place.title}
                  about={side === "first" ? "First is" : "Second is"}
                  onChoose={() => choose(place)}
                />
              ) : null,
            )}
          </div>
        </div>
      ))}
      <div className={classes.apart}>
        {apart.map(({ choice, title, keyName }) => (
          <Target
            key={choice}
            chosen={answer?.choice === choice}
            keyName={keyName}
            title={title}
            onChoose={() => onAnswer({ choice }, true)}
          />
        ))}
      </div>
    </div>
  );
}

type TargetProps = { chosen: boolean; keyName: string; title: string; about?: string; onChoose: () => void };

function Target({ chosen, keyName, title, about, onChoose }: TargetProps) {
  return (
    <button
      type="button"
      className={classes.target}
      aria-pressed={chosen}
      aria-keyshortcuts={keyName}
      data-enter={chosen ? "pass" : undefined}
      onClick={onChoose}
    >
      <Key name={keyName} tone={chosen ? "gold" : undefined} />
      <span>
        {about && <span className="unseen">{about} </span>}
        {title}
      </span>
    </button>
  );
}

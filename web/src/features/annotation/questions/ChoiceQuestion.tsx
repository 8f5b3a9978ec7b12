/** `label` and `multi_label`: options by key; by name where there are more than keys can reach, or they form a tree. */
import { TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { branchesOf, isTree } from "@/features/projects/optionTree";
import { useKeys } from "@/lib/keys";
import { Key } from "@/ui";
import { optionKeys } from "../answerKeys";
import { chosenOf, toggled } from "../answers";
import type { Asked } from "./asked";
import classes from "./ChoiceQuestion.module.css";
import { OptionButton } from "./OptionButton";
import { OptionFinder, REACH_OF_KEYS } from "./OptionFinder";

const FILTER_FROM = 13;

export function ChoiceQuestion(props: Asked<"label" | "multi_label">) {
  const { options } = props.question;
  return options.length > REACH_OF_KEYS || isTree(options) ? <ByName {...props} /> : <ByKey {...props} />;
}

function ByName({ question, value, onAnswer, brief }: Asked<"label" | "multi_label">) {
  const branches = useMemo(() => branchesOf(question.options, question.leaves_only), [question]);
  const several = question.type === "multi_label";
  return (
    <OptionFinder
      branches={branches}
      isChosen={(option) => (several ? chosenOf(value).includes(option) : value === option)}
      onChoose={(option) => choose({ question, value, onAnswer }, option)}
      brief={brief}
      several={several}
      ready
    />
  );
}

type Choosing = Pick<Asked<"label" | "multi_label">, "question" | "value" | "onAnswer">;

function choose({ question, value, onAnswer }: Choosing, option: string): void {
  const takeBack = !question.required && value === option;
  if (question.type === "multi_label") onAnswer(toggled(question, value, option), false);
  else onAnswer(takeBack ? undefined : option, !takeBack);
}

function ByKey({ question, value, onAnswer, brief }: Asked<"label" | "multi_label">) {
  const [search, setSearch] = useState("");
  const filter = useRef<HTMLInputElement>(null);
  const keys = useMemo(() => optionKeys(question.options, question.allow_note ? "n" : ""), [question]);
  const several = question.type === "multi_label";
  const chosen = several ? chosenOf(value) : value === undefined ? [] : [String(value)];
  const filterable = question.options.length >= FILTER_FROM;
  const options = question.options.map((option, at) => ({
    ...option,
    keyName: keys[at],
    title: option.title ?? option.value,
  }));
  const found = options.filter((option) => option.title.toLowerCase().includes(search.trim().toLowerCase()));

  const give = (option: string) => choose({ question, value, onAnswer }, option);

  useKeys([
    ...options.flatMap((option) =>
      option.keyName
        ? [{ keys: option.keyName, title: option.title, group: "Answers", run: () => give(option.value) }]
        : [],
    ),
    {
      keys: "/",
      title: "Search the options",
      group: "Answers",
      disabled: !filterable,
      run: () => filter.current?.focus(),
    },
  ]);

  const onFilterKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Escape") event.currentTarget.blur();
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !found[0]) return;
    event.preventDefault();
    event.currentTarget.blur();
    setSearch("");
    give(found[0].value);
  };

  return (
    <>
      {filterable && (
        <TextInput
          ref={filter}
          className={classes.filter}
          aria-label="Search the options"
          placeholder="Search the options; Enter takes the first"
          leftSection={<Search size={15} />}
          rightSection={<Key name="/" tone="quiet" />}
          value={search}
          onChange={(e) => setSearch(e.currentTarget.value)}
          onKeyDown={onFilterKey}
        />
      )}
      <div
        className={classes.options}
        data-short={options.every((o) => (brief || !o.help) && o.title.length < 24) || undefined}
      >
        {found.map((option) => (
          <OptionButton
            key={option.value}
            chosen={chosen.includes(option.value)}
            onChoose={() => give(option.value)}
            keyName={option.keyName}
            title={option.title}
            help={brief ? null : option.help}
            several={several}
          />
        ))}
      </div>
    </>
  );
}

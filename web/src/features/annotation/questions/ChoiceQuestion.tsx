/** `label` and `multi_label`: options by key; a filter where there are more than keys can reach. */
import { TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useKeys } from "@/lib/keys";
import { Key } from "@/ui";
import { optionKeys } from "../answerKeys";
import { chosenOf, toggled } from "../answers";
import type { Asked } from "./asked";
import classes from "./ChoiceQuestion.module.css";
import { OptionButton } from "./OptionButton";

const FILTER_FROM = 13;

export function ChoiceQuestion({ question, value, onAnswer, brief }: Asked<"label" | "multi_label">) {
  const [search, setSearch] = useState("");
  const filter = useRef<HTMLInputElement>(null);
  const keys = useMemo(() => optionKeys(question.options), [question.options]);
  const several = question.type === "multi_label";
  const chosen = several ? chosenOf(value) : value === undefined ? [] : [String(value)];
  const filterable = question.options.length >= FILTER_FROM;
  const options = question.options.map((option, at) => ({
    ...option,
    keyName: keys[at],
    title: option.title ?? option.value,
  }));
  const found = options.filter((option) => option.title.toLowerCase().includes(search.trim().toLowerCase()));

  const choose = (option: string) => {
    if (question.type === "multi_label") return onAnswer(toggled(question, value, option), false);
    const takeBack = !question.required && value === option;
    onAnswer(takeBack ? undefined : option, !takeBack);
  };

  useKeys([
    ...options.flatMap((option) =>
      option.keyName
        ? [{ keys: option.keyName, title: option.title, group: "Answers", run: () => choose(option.value) }]
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
    choose(found[0].value);
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
            onChoose={() => choose(option.value)}
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

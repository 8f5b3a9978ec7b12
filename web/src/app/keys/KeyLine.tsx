/** One deed and its keys. Pressing the cap waits for another key; one that is taken can be swapped. */
import { Button } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import {
  type Binding,
  chosenFor,
  deedOf,
  faultOf,
  holderOf,
  isWhole,
  type Keymap,
  type KeyName,
  keysOf,
  mayBeChosen,
  nameOf,
  swapped,
  withChosen,
} from "@/lib/keys";
import { Key } from "@/ui";
import classes from "./KeyHelp.module.css";

type KeyLineProps = {
  binding: Binding;
  atHand: readonly Binding[];
  keymap: Keymap;
  changing: boolean;
  onChanging: (on: boolean) => void;
  onChoose: (keymap: Keymap) => void;
};

export function KeyLine({ binding, atHand, keymap, changing, onChanging, onChoose }: KeyLineProps) {
  const keys = keysOf(withChosen(binding, keymap));
  const isOwn = deedOf(binding) in keymap;
  const reset = () => onChoose(chosenFor(binding, keysOf(binding)[0] ?? "", keymap));
  const choose = (next: Keymap) => {
    onChoose(next);
    onChanging(false);
  };
  return (
    <li className={classes.line}>
      <span>{binding.title}</span>
      {changing ? (
        <Waiting
          binding={binding}
          atHand={atHand}
          keymap={keymap}
          onChoose={choose}
          onLeave={() => onChanging(false)}
        />
      ) : (
        <span className={classes.choices}>
          {isOwn && (
            <Button variant="subtle" size="compact-xs" onClick={reset}>
              As it comes
            </Button>
          )}
          {mayBeChosen(binding) ? (
            <button type="button" className={classes.change} onClick={() => onChanging(true)}>
              <Caps keys={keys} />
              <span className="unseen">, change the key of “{binding.title}”</span>
            </button>
          ) : (
            <Caps keys={keys} />
          )}
        </span>
      )}
    </li>
  );
}

type WaitingProps = Omit<KeyLineProps, "changing" | "onChanging"> & { onLeave: () => void };

function Waiting({ binding, atHand, keymap, onChoose, onLeave }: WaitingProps) {
  const [taken, setTaken] = useState<{ press: KeyName; holder: Binding }>();
  const [fault, setFault] = useState<string>();
  const onKeyDown = (event: KeyboardEvent) => {
    const press = nameOf(event.nativeEvent);
    if (!isWhole(press)) return;
    event.preventDefault();
    event.stopPropagation();
    if (press === "Escape") return onLeave();
    const holder = holderOf(press, binding, atHand, keymap);
    const wrong = faultOf(binding, press);
    setFault(wrong);
    setTaken(holder && !wrong ? { press, holder } : undefined);
    if (!holder && !wrong) onChoose(chosenFor(binding, press, keymap));
  };
  return (
    <span className={classes.waiting}>
      <button
        type="button"
        ref={(button) => button?.focus()}
        className={classes.catch}
        data-mantine-stop-propagation="true"
        onKeyDown={onKeyDown}
        onBlur={() => taken || onLeave()}
      >
        Press the new key
      </button>
      <span role="status">
        {fault}
        {taken && (
          <>
            <Key name={taken.press} /> is “{taken.holder.title}”.{" "}
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => onChoose(swapped(binding, taken.holder, taken.press, keymap))}
            >
              Swap the two
            </Button>
          </>
        )}
      </span>
    </span>
  );
}

function Caps({ keys }: { keys: readonly KeyName[] }) {
  return (
    <>
      <span className={classes.choices}>
        {keys.map((name) => (
          <Key key={name} name={name} />
        ))}
      </span>
      <span className="unseen">{keys.join(" or ")}</span>
    </>
  );
}

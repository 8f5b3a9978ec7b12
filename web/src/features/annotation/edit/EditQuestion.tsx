/** `edit`: what may be rewritten in an editor, with what changes beside it; or one key that says it is fine. */
import { Button } from "@mantine/core";
import { useDeferredValue, useLayoutEffect, useRef, useState } from "react";
import { useKeys } from "@/lib/keys";
import { Key } from "@/ui";
import { fadingEdges } from "@/ui/fadingEdges";
import { rewritesOf } from "../answers";
import type { Asked } from "../questions/asked";
import { leave } from "../questions/leave";
import { OptionButton } from "../questions/OptionButton";
import classes from "./EditQuestion.module.css";
import { type Original, originalsOf, rewriteOf, rewritten, textOf } from "./rewrites";
import { WordDiff } from "./WordDiff";

export default function EditQuestion({ question, value, onAnswer, record }: Asked<"edit">) {
  const originals = originalsOf(question, record.values);
  const rewrites = rewritesOf(value);
  const [at, setAt] = useState(() => Math.max(0, originals.length - 1));
  const [isWriting, setWriting] = useState(rewrites.length > 0);
  const box = useRef<HTMLTextAreaElement>(null);
  const original = originals[at];
  const isFine = value !== undefined && rewrites.length === 0;

  const write = (part: Original, text: string) => {
    const next = rewritten(rewrites, part, text);
    onAnswer(next.length > 0 ? next : undefined, false);
  };
  const say = () => {
    setWriting(false);
    onAnswer([], true);
  };
  const open = (nth = at) => {
    setAt(nth);
    setWriting(true);
    box.current?.focus();
  };
  const step = (by: 1 | -1) => setAt((now) => Math.min(Math.max(now + by, 0), originals.length - 1));
  const isChanged = original !== undefined && rewriteOf(original, rewrites) !== undefined;
  const reset = () => original && write(original, original.text);
  const several = originals.length > 1;
  useKeys([
    { keys: "1", title: "Nothing to change", group: "Answers", run: say },
    { keys: ["2", "e"], title: "Rewrite", group: "Answers", disabled: !original, run: () => open() },
    { keys: "ArrowUp", title: "Turn before", group: "Answers", disabled: !several, run: () => step(-1) },
    { keys: "ArrowDown", title: "Next turn", group: "Answers", disabled: !several, run: () => step(1) },
    { keys: "r", title: "As it was", group: "Answers", disabled: !isChanged, run: reset },
  ]);

  if (!original) return <p className={classes.hint}>This record has nothing that may be rewritten.</p>;
  return (
    <div className={classes.edit}>
      {several && <Turns originals={originals} rewrites={rewrites} at={at} onGo={open} />}
      {isWriting ? (
        <Editor
          key={original.turn}
          box={box}
          original={original}
          text={textOf(original, rewrites)}
          most={question.max_length}
          called={several ? `Turn ${(original.turn ?? 0) + 1}` : question.title}
          onWrite={(text) => write(original, text)}
          onReset={isChanged ? reset : undefined}
        />
      ) : (
        <div className={classes.choices}>
          <OptionButton chosen={isFine} onChoose={say} keyName="1" title="Nothing to change" />
          <OptionButton chosen={false} onChoose={() => open()} keyName="2" title="Rewrite" />
        </div>
      )}
      {isWriting && rewrites.length === 0 && (
        <Button variant="subtle" size="compact-sm" onClick={say} className={classes.fine}>
          Nothing to change
        </Button>
      )}
    </div>
  );
}

type TurnsProps = {
  originals: readonly Original[];
  rewrites: Parameters<typeof rewriteOf>[1];
  at: number;
  onGo: (nth: number) => void;
};

function Turns({ originals, rewrites, at, onGo }: TurnsProps) {
  return (
    <div ref={fadingEdges} className={classes.turns}>
      {originals.map((one, nth) => (
        <button
          key={one.turn}
          type="button"
          className={classes.turn}
          aria-pressed={nth === at}
          data-enter="pass"
          onClick={() => onGo(nth)}
        >
          <span className={classes.which}>
            Turn {(one.turn ?? 0) + 1}
            {rewriteOf(one, rewrites) && <b> rewritten</b>}
          </span>
          <span className={classes.excerpt}>{textOf(one, rewrites).slice(0, 80)}</span>
        </button>
      ))}
    </div>
  );
}

type EditorProps = {
  box: React.RefObject<HTMLTextAreaElement | null>;
  original: Original;
  text: string;
  most: number;
  called: string;
  onWrite: (text: string) => void;
  onReset: (() => void) | undefined;
};

function Editor({ box, original, text, most, called, onWrite, onReset }: EditorProps) {
  const shown = useDeferredValue(text);
  useLayoutEffect(() => {
    const area = box.current;
    area?.focus({ preventScroll: true });
    area?.setSelectionRange(area.value.length, area.value.length);
  }, [box]);
  return (
    <div className={classes.columns}>
      <div>
        <textarea
          ref={box}
          className={classes.area}
          aria-label={`${called}, rewritten`}
          maxLength={most}
          value={text}
          onChange={(event) => onWrite(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Escape" && leave(event.currentTarget)}
        />
        <p className={classes.hint}>
          {text.trim() === "" ? (
            <span role="status" className={classes.empty}>
              A rewrite cannot be empty.
            </span>
          ) : (
            <span className={classes.keys}>
              <Key name="mod+Enter" of="Record" tone="quiet" /> submits, <Key name="Escape" tone="quiet" /> leaves the
              text
            </span>
          )}
          {onReset && (
            <Button variant="subtle" size="compact-xs" onClick={onReset} rightSection={<Key name="r" tone="quiet" />}>
              As it was
            </Button>
          )}
        </p>
      </div>
      <section className={classes.difference} aria-label="What changes" tabIndex={0}>
        <WordDiff before={original.text} after={shown} />
      </section>
    </div>
  );
}

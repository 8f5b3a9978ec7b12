/** Where a comment is typed: Markdown, with people offered after an @. Ctrl+Enter sends. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, type ReactNode, type Ref, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { asProblem } from "@/lib/problem";
import { Key } from "@/ui";
import { type Mentionable, mentionableQuery, type Spot } from "./api/threads";
import classes from "./Comments.module.css";
import { offered, type Typed, toldBy, typedMention, withMention } from "./mentioning";

const LONGEST = 4000;

type ComposerProps = {
  spot: Spot;
  label: string;
  text: string;
  onText: (text: string) => void;
  /** Resolves when the server has it. */
  onSend: (body: string) => Promise<unknown>;
  onCancel?: () => void;
  sendTitle: string;
  autoFocus?: boolean;
  field?: Ref<HTMLTextAreaElement>;
  children?: ReactNode;
};

export function Composer(props: ComposerProps) {
  const { spot, label, text, onText, onSend, onCancel, sendTitle, autoFocus = false, field, children } = props;
  const [busy, setBusy] = useState(false);
  /** Once somebody was here it stays open: closing on a click elsewhere would move what is clicked. */
  const [begun, setBegun] = useState(autoFocus || text !== "");
  const [trouble, setTrouble] = useState<unknown>(null);
  const id = useId();
  const mention = useMention(spot, text, onText);
  const body = text.trim();
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    if (!body || busy) return;
    setBusy(true);
    setTrouble(null);
    await onSend(body).catch(setTrouble);
    setBusy(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (mention.onKeyDown(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void submit();
    }
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (onCancel) onCancel();
      else event.currentTarget.blur();
    }
  };
  const told = toldBy(text, mention.people);
  return (
    <form className={classes.composer} data-closed={!begun || undefined} onSubmit={submit}>
      {children}
      <label className="unseen" htmlFor={id}>
        {label}
      </label>
      <div className={classes.typing}>
        <textarea
          id={id}
          ref={field}
          rows={2}
          maxLength={LONGEST}
          placeholder={label}
          className={classes.field}
          // biome-ignore lint/a11y/noAutofocus: somebody asked for writing by a key or a button
          autoFocus={autoFocus}
          value={text}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={`${id}-people`}
          aria-activedescendant={mention.offers.length > 0 ? `${id}-${mention.at}` : undefined}
          onChange={(e) => {
            onText(e.currentTarget.value);
            mention.look(e.currentTarget);
          }}
          onFocus={() => setBegun(true)}
          onClick={(e) => mention.look(e.currentTarget)}
          onBlur={mention.close}
          onKeyDown={onKeyDown}
        />
        <Offers id={id} mention={mention} />
      </div>
      <p className={classes.hint}>
        {told.length > 0
          ? `Tells ${told.map((one) => one.handle).join(", ")}.`
          : "Markdown. @ tells somebody, [text](#anchor) cites the guideline."}
      </p>
      {trouble !== null && (
        <p className={classes.trouble} role="alert">
          {asProblem(trouble).message}
        </p>
      )}
      <div className={classes.foot}>
        {onCancel && (
          <Button size="xs" variant="subtle" onClick={onCancel}>
            Cancel
          </Button>
        )}
        <Button
          size="xs"
          type="submit"
          disabled={!body}
          loading={busy}
          aria-keyshortcuts="Control+Enter"
          rightSection={<Key name="mod+Enter" tone="quiet" />}
        >
          {sendTitle}
        </Button>
      </div>
    </form>
  );
}

type Mention = ReturnType<typeof useMention>;

function Offers({ id, mention }: { id: string; mention: Mention }) {
  return (
    <div
      id={`${id}-people`}
      role="listbox"
      aria-label="People"
      className={classes.offers}
      hidden={!mention.offers.length}
    >
      {mention.offers.map((one, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys belong to the field, which keeps the focus
        <div
          key={one.handle}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === mention.at}
          tabIndex={-1}
          onMouseDown={(e) => e.preventDefault()}
          onClick={() => mention.choose(one)}
        >
          <span>{one.handle}</span>
          <span className={classes.role}>{one.role}</span>
        </div>
      ))}
    </div>
  );
}

const NOBODY: readonly Mentionable[] = [];

function useMention(spot: Spot, text: string, onText: (text: string) => void) {
  const [typed, setTyped] = useState<Typed | null>(null);
  const [at, setAt] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const people = useQuery({ ...mentionableQuery(spot), enabled: text.includes("@") }).data ?? NOBODY;
  const offers = typed ? offered(people, typed.word) : NOBODY;
  const look = (element: HTMLTextAreaElement) => {
    field.current = element;
    setTyped(typedMention(element.value, element.selectionStart));
    setAt(0);
  };
  const close = () => setTyped(null);
  const choose = (one: Mentionable) => {
    const element = field.current;
    if (!typed || !element) return;
    const written = withMention(text, element.selectionStart, typed, one.handle);
    // At once: a letter typed right behind the name must not come to stand before it.
    flushSync(() => {
      onText(written.text);
      close();
    });
    element.setSelectionRange(written.caret, written.caret);
  };
  /** Whether the key was for the list of people. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const one = offers[at];
    if (!one || event.ctrlKey || event.metaKey) return false;
    if (event.key === "ArrowDown") setAt((at + 1) % offers.length);
    else if (event.key === "ArrowUp") setAt((at + offers.length - 1) % offers.length);
    else if (event.key === "Enter" || event.key === "Tab") choose(one);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { people, offers, at, look, close, choose, onKeyDown };
}

/** A conversation: who says what, which tools are called with what, and beneath each call what came of it. */
import { Markdown, Picture } from "@/ui";
import classes from "./Chat.module.css";
import type { Call, Message } from "./fields";
import { Json, readJson } from "./Json";
import { type Part, partsOf } from "./parts";
import type { Surface } from "./surface";
import { ToolCall } from "./ToolCall";

const SPEAKERS: Record<Message["role"], string> = {
  system: "System",
  user: "User",
  assistant: "Assistant",
  tool: "Tool",
};

type ChatProps = { field: string; messages: readonly Message[]; Drawn: Surface["Text"] | undefined };

export function Chat({ field, messages, Drawn }: ChatProps) {
  const called = new Map(messages.flatMap((one) => one.calls.map((call) => [call.id, call] as const)));
  return (
    <ol className={classes.chat}>
      {messages.map((message, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a chat has no other order than its own, and never changes here
        <li key={at} className={classes.turn} data-role={message.role}>
          <Speaker message={message} call={called.get(message.answers)} />
          <div className={classes.bubble}>
            <Words message={message} field={field} turn={at} Drawn={Drawn} />
            {message.calls.length > 0 && (
              <div className={classes.calls}>
                {message.calls.map((call, nth) => (
                  <ToolCall
                    key={call.id ?? nth}
                    call={call}
                    hasResult={at === messages.length - 1 || isAnswered(call, messages.slice(at + 1))}
                  />
                ))}
              </div>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Whether a later turn tells what came of a call; one that names no call may. */
function isAnswered({ id }: Call, later: readonly Message[]): boolean {
  return later.some(({ role, answers }) => role === "tool" && (!answers || !id || answers === id));
}

function Speaker({ message, call }: { message: Message; call: Call | undefined }) {
  const name = call?.name ?? message.name;
  return (
    <span className={classes.speaker}>
      {message.role === "tool" && name ? "Result of " : (SPEAKERS[message.role] ?? message.role)}
      {message.role === "tool" && name && <code>{call ? shortly(call) : name}</code>}
      {message.role !== "tool" && message.name && <span className={classes.said}> · {message.name}</span>}
    </span>
  );
}

/** A call in a few words, to tell it from others of the same tool. */
function shortly({ name, args }: Call): string {
  const told = readJson(args) ? args.replaceAll(/\s+/g, " ") : "";
  return told && told !== "{}" && told.length <= 48 ? `${name} ${told}` : name;
}

type WordsProps = { message: Message; field: string; turn: number; Drawn: Surface["Text"] | undefined };

/** The text of a turn, exactly as it is where passages are marked in it; otherwise as Markdown, or as JSON. */
function Words({ message, field, turn, Drawn }: WordsProps) {
  const { content, role, images, calls } = message;
  if (Drawn) {
    return (
      <div className={classes.words}>
        {content && <Drawn field={field} turn={turn} text={content} />}
        {images.map((image) => (
          <Picture key={image.at + image.url} url={image.url} />
        ))}
      </div>
    );
  }
  if (!content && images.length === 0) return calls.length > 0 ? null : <p className={classes.raw}>(says nothing)</p>;
  const json = role === "tool" ? readJson(content) : undefined;
  if (json !== undefined) return <Json value={json} />;
  return (
    <div className={images.length > 0 ? classes.parts : classes.words}>
      {partsOf(content, images).map((part) => (
        <PartView key={part.key} part={part} isRaw={role === "tool"} />
      ))}
    </div>
  );
}

function PartView({ part, isRaw }: { part: Part; isRaw: boolean }) {
  if (part.url !== undefined) return <Picture url={part.url} />;
  return isRaw ? <p className={classes.raw}>{part.text}</p> : <Markdown text={part.text} />;
}

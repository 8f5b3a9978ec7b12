/** One field of a record, as people read it: plain text, Markdown, a chat, or documents of context. */
import { memo } from "react";
import type { Field } from "@/features/projects";
import { Markdown } from "@/ui";
import classes from "./FieldView.module.css";
import { documentsOf, type Message, messagesOf, textOf, webAddress } from "./fields";

export const FieldView = memo(function FieldView({ field, value }: { field: Field; value: unknown }) {
  if (field.type === "chat") return <Chat messages={messagesOf(value)} />;
  if (field.type === "context") return <Documents value={value} />;
  if (field.markdown) return <Markdown text={textOf(value)} />;
  return <p className={classes.text}>{textOf(value)}</p>;
});

const SPEAKERS: Record<Message["role"], string> = {
  system: "System",
  user: "User",
  assistant: "Assistant",
  tool: "Tool",
};

function Chat({ messages }: { messages: readonly Message[] }) {
  return (
    <ol className={classes.chat}>
      {messages.map((message, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a chat has no other order than its own, and never changes here
        <li key={at} className={classes.turn} data-role={message.role}>
          <span className={classes.speaker}>{SPEAKERS[message.role] ?? message.role}</span>
          <div className={classes.bubble}>
            <Markdown text={message.content} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function Documents({ value }: { value: unknown }) {
  return (
    <div className={classes.documents}>
      {documentsOf(value).map((document) => (
        <div key={`${document.title}${document.text}`} className={classes.document}>
          <DocumentTitle title={document.title} url={document.url} />
          <p className={classes.documentText}>{document.text}</p>
        </div>
      ))}
    </div>
  );
}

function DocumentTitle({ title, url }: { title?: string | null | undefined; url?: string | null | undefined }) {
  const address = webAddress(url);
  if (!title && !address) return null;
  return (
    <h3 className={classes.documentTitle}>
      {address ? (
        <a href={address} target="_blank" rel="noopener noreferrer nofollow">
          {title || address}
        </a>
      ) : (
        title
      )}
    </h3>
  );
}

/** One field of a record, as people read it: plain text, Markdown, a chat with its tools, or documents of context. */
import { memo, useContext } from "react";
import type { Field } from "@/features/projects";
import { Markdown } from "@/ui";
import { Chat } from "./Chat";
import classes from "./FieldView.module.css";
import { documentsOf, messagesOf, textOf, toolsOf, webAddress } from "./fields";
import { SurfaceContext } from "./surface";
import { ToolList } from "./ToolList";

export const FieldView = memo(function FieldView({ field, value }: { field: Field; value: unknown }) {
  const surface = useContext(SurfaceContext);
  const drawn = surface?.draws(field.name) ? surface.Text : undefined;
  if (field.type === "chat") return <Chat field={field.name} messages={messagesOf(value)} Drawn={drawn} />;
  if (field.type === "context") return <Documents value={value} />;
  if (field.type === "tools") return <ToolList tools={toolsOf(value)} />;
  const Drawn = drawn;
  if (Drawn) return <Drawn field={field.name} text={textOf(value)} />;
  if (field.markdown) return <Markdown text={textOf(value)} />;
  return <p className={classes.text}>{textOf(value)}</p>;
});

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

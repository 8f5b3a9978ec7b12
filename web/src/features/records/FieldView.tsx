/** One field of a record, as people read it: plain text, Markdown, a chat with its tools, or documents of context. */
import { Button } from "@mantine/core";
import { memo, useContext } from "react";
import type { Field } from "@/features/projects";
import { Key, Markdown } from "@/ui";
import { Chat } from "./Chat";
import classes from "./FieldView.module.css";
import { documentsOf, messagesOf, textOf, toolsOf, webAddress } from "./fields";
import { type Surface, SurfaceContext } from "./surface";
import { ToolList } from "./ToolList";

export const FieldView = memo(function FieldView({ field, value }: { field: Field; value: unknown }) {
  const surface = useContext(SurfaceContext);
  if (!surface?.draws(field.name)) return <Reading field={field} value={value} Drawn={undefined} />;
  const hasFormat = field.type === "chat" || field.markdown;
  return (
    <>
      {hasFormat && <Formatting surface={surface} />}
      <Reading field={field} value={value} Drawn={hasFormat && surface.formatted ? undefined : surface.Text} />
    </>
  );
});

type ReadingProps = { field: Field; value: unknown; Drawn: Surface["Text"] | undefined };

function Reading({ field, value, Drawn }: ReadingProps) {
  if (field.type === "chat") return <Chat field={field.name} messages={messagesOf(value)} Drawn={Drawn} />;
  if (field.type === "context") return <Documents value={value} />;
  if (field.type === "tools") return <ToolList tools={toolsOf(value)} />;
  if (Drawn) return <Drawn field={field.name} text={textOf(value)} />;
  if (field.markdown) return <Markdown text={textOf(value)} />;
  return <p className={classes.text}>{textOf(value)}</p>;
}

/** Tables, formulas and pictures are marked as they are written, and can be looked at as they are meant to be read. */
function Formatting({ surface: { formatted, onFormatted } }: { surface: Surface }) {
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      className={classes.formatting ?? ""}
      aria-pressed={formatted}
      onClick={() => onFormatted(!formatted)}
      rightSection={<Key name="mod+b" of="Record" tone="quiet" />}
    >
      {formatted ? "As written, to mark" : "Formatted"}
    </Button>
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

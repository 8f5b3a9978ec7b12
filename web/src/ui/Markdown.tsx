/** Markdown from people and models. No raw HTML, no images fetched from elsewhere, links that leave open apart. */
import { memo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import classes from "./Markdown.module.css";

const plugins = [remarkGfm];

const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  img: ({ alt, src }) => <span className={classes.image}>[image: {alt || String(src ?? "")}]</span>,
  table: ({ children }) => (
    <div className={classes.scroll}>
      <table>{children}</table>
    </div>
  ),
};

type MarkdownProps = { text: string; components?: Components };

export const Markdown = memo(function Markdown({ text, components: more }: MarkdownProps) {
  return (
    <div className={classes.prose}>
      <ReactMarkdown remarkPlugins={plugins} components={more ? { ...components, ...more } : components}>
        {text}
      </ReactMarkdown>
    </div>
  );
});

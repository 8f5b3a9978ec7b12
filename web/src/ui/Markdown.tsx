/**
 * Markdown from people and models: tables, code in colours, formulas. No raw HTML, no images fetched from elsewhere,
 * links that leave open apart. What only some texts need is loaded when one does.
 */
import { type ComponentPropsWithoutRef, lazy, memo, Suspense } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import { Code } from "./Code";
import { type Formula as FormulaToDraw, formulaIn, hasFormulas, withFormulas } from "./formulas";
import { readGfm } from "./gfm";
import classes from "./Markdown.module.css";
import { Picture } from "./Picture";

const Formula = lazy(() => import("./Formula"));
const plugins = [readGfm];

const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  img: ({ alt, src }) => <Picture url={String(src ?? "")} alt={alt} />,
  code: Span,
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
      <ReactMarkdown
        remarkPlugins={plugins}
        components={more ? { ...components, ...more } : components}
        urlTransform={addressOf}
      >
        {hasFormulas(text) ? withFormulas(text) : text}
      </ReactMarkdown>
    </div>
  );
});

/** Addresses that may stand in a link or an image: of the web, of mail and of this server; images in the text itself. */
function addressOf(url: string, key: string): string | undefined {
  if (key === "src") return /^(?:https?:|data:image\/)/i.test(url) ? url : undefined;
  return /^(?:https?:|mailto:|#|\/)/i.test(url) ? url : undefined;
}

/** A code span, the inside of a code block, or a formula. */
function Span({ className, children }: ComponentPropsWithoutRef<"code">) {
  const formula = formulaIn(children);
  if (formula) return <Drawn {...formula} />;
  const language = /language-([\w+#-]+)/.exec(className ?? "")?.[1];
  return language ? <Code text={String(children)} language={language} /> : <code>{children}</code>;
}

function Drawn(formula: FormulaToDraw) {
  return (
    <Suspense fallback={<code>{formula.tex}</code>}>
      <Formula {...formula} />
    </Suspense>
  );
}

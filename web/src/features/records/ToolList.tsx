/** The tools that a conversation may call: names first, what each takes when opened. */
import { Wrench } from "lucide-react";
import type { Tool } from "./fields";
import { Json } from "./Json";
import classes from "./ToolCall.module.css";

export function ToolList({ tools }: { tools: readonly Tool[] }) {
  return (
    <div>
      {tools.map((tool) => (
        <details key={tool.name} className={classes.call}>
          <summary className={classes.name}>
            <Wrench size={14} aria-hidden="true" />
            <span className={classes.words}>
              <code>{tool.name}</code>
              {tool.description && <span className={classes.quiet}> {firstLine(tool.description)}</span>}
            </span>
          </summary>
          <div className={classes.args}>
            {tool.description && <p className={classes.help}>{tool.description}</p>}
            {tool.parameters !== undefined && <Json value={tool.parameters} />}
          </div>
        </details>
      ))}
    </div>
  );
}

function firstLine(text: string): string {
  const line = text.split("\n", 1)[0] ?? "";
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

/** One call of a tool: its name and arguments in a line, the arguments as JSON when opened. */
import { Wrench } from "lucide-react";
import type { Call } from "./fields";
import { Json, readJson } from "./Json";
import classes from "./ToolCall.module.css";

const OPEN_UP_TO = 400;

export function ToolCall({ call, hasResult }: { call: Call; hasResult: boolean }) {
  const args = readJson(call.args);
  const nothing = args !== undefined && JSON.stringify(args) === "{}";
  return (
    <details className={classes.call} open={call.args.length <= OPEN_UP_TO && !nothing}>
      <summary className={classes.name}>
        <Wrench size={14} aria-hidden="true" />
        <span className={classes.words}>
          <span className={classes.quiet}>calls </span>
          <code>{call.name}</code>
          {nothing && <span className={classes.quiet}> without arguments</span>}
          {!hasResult && <span className={classes.quiet}>, without a result here</span>}
        </span>
      </summary>
      <div className={classes.args}>
        {args === undefined ? (
          <>
            <p className={classes.fault}>These arguments are no valid JSON:</p>
            <pre className={classes.raw}>{call.args || "(nothing)"}</pre>
          </>
        ) : (
          <Json value={args} />
        )}
      </div>
    </details>
  );
}

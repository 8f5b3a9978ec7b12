/** A number with its interval on a scale: a dot and a whisker. The numbers themselves stand beside it as text. */
import classes from "./Whisker.module.css";

type WhiskerProps = {
  value: number | null;
  low: number | null;
  high: number | null;
  from: number;
  to: number;
  /** Places on the scale that mean something. */
  marks?: readonly number[];
};

export function Whisker({ value, low, high, from, to, marks = [] }: WhiskerProps) {
  const at = (x: number) => `${(100 * (Math.min(Math.max(x, from), to) - from)) / (to - from)}%`;
  return (
    <svg className={classes.plot} width="100%" height="20" aria-hidden="true" focusable="false">
      <line className={classes.base} x1="0" x2="100%" y1="10" y2="10" />
      {marks.map((mark) => (
        <line key={mark} className={classes.mark} x1={at(mark)} x2={at(mark)} y1="0" y2="20" />
      ))}
      {low !== null && high !== null && (
        <>
          <line className={classes.whisker} x1={at(low)} x2={at(high)} y1="10" y2="10" />
          <line className={classes.cap} x1={at(low)} x2={at(low)} y1="6" y2="14" />
          <line className={classes.cap} x1={at(high)} x2={at(high)} y1="6" y2="14" />
        </>
      )}
      {value !== null && <circle className={classes.dot} cx={at(value)} cy="10" r="5" />}
    </svg>
  );
}

/** The scale's words above a column of whiskers. */
export function WhiskerScale({ from, to, marks }: { from: number; to: number; marks: readonly number[] }) {
  return (
    <span className={classes.scale} aria-hidden="true">
      {marks.map((mark) => (
        <span key={mark} style={{ left: `${(100 * (mark - from)) / (to - from)}%` }}>
          {mark === 0 ? "chance" : mark.toFixed(2).replace(/0+$/, "").replace(/\.$/, "")}
        </span>
      ))}
    </span>
  );
}

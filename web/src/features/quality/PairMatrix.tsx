/** Who agrees with whom: Cohen's κ of each pair; the interval and n on hover and on focus. */
import { Tooltip } from "@mantine/core";
import type { CSSProperties } from "react";
import { decimal } from "@/lib/format";
import { TableFrame } from "@/ui/TableFrame";
import type { PairAgreement } from "./api/agreement";
import { squareOf } from "./pairs";
import classes from "./QualityPage.module.css";
import { coefficient } from "./words";

const LARGEST_SQUARE = 12;

export function PairMatrix({ pairs }: { pairs: readonly PairAgreement[] }) {
  const square = squareOf(pairs);
  if (square.people.length > LARGEST_SQUARE) return <PairList pairs={pairs} />;
  const [, ...columns] = square.people;
  const rows = square.people.slice(0, -1);
  return (
    <div className={classes.matrix}>
      <h3 className={classes.caption}>By pair of people (κ)</h3>
      <TableFrame label="Agreement by pair" sideways>
        <thead>
          <tr>
            <td />
            {columns.map((person) => (
              <th key={person.id} scope="col" title={person.name} className={classes.who}>
                {person.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((person, at) => (
            <tr key={person.id}>
              <th scope="row">{person.name}</th>
              {columns.map((other, column) => (
                <td key={other.id}>{column >= at && <Cell pair={square.pairOf(person.id, other.id)} />}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </div>
  );
}

function Cell({ pair }: { pair: PairAgreement | undefined }) {
  if (!pair || pair.kappa.value === null) {
    const why = pair && pair.kappa.n_items > 0 ? "not defined" : "no record in common";
    return (
      <span className={classes.cell} data-none title={why}>
        –<span className="unseen">{why}</span>
      </span>
    );
  }
  const { a, b, kappa } = pair;
  const words = `${a.name} and ${b.name}: κ ${coefficient(kappa)}, ${kappa.n_items} records in common`;
  const strength = { "--strength": Math.round(Math.max(0, pair.kappa.value) * 55) } as CSSProperties;
  return (
    <Tooltip label={words} events={{ hover: true, focus: true, touch: true }}>
      <button type="button" className={classes.cell} style={strength} aria-label={words}>
        {decimal(pair.kappa.value)}
      </button>
    </Tooltip>
  );
}

function PairList({ pairs }: { pairs: readonly PairAgreement[] }) {
  const sorted = pairs.toSorted((x, y) => (x.kappa.value ?? 2) - (y.kappa.value ?? 2));
  return (
    <div>
      <h3 className={classes.caption}>By pair of people, most different first</h3>
      <TableFrame label="Agreement by pair" capped>
        <thead>
          <tr>
            <th scope="col">Pair</th>
            <th scope="col" data-number>
              κ (95% interval)
            </th>
            <th scope="col" data-number>
              Records
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ a, b, kappa }) => (
            <tr key={`${a.id} ${b.id}`}>
              <th scope="row">
                {a.name} and {b.name}
              </th>
              <td data-number>{coefficient(kappa)}</td>
              <td data-number>{kappa.n_items}</td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </div>
  );
}

/** What the manifest says, for people; and all of it as it is, for whoever wants to see. */
import type { ReactNode } from "react";
import type { Project } from "@/features/projects";
import { coefficient, SCALE } from "@/features/quality/words";
import { count } from "@/lib/format";
import { Section } from "@/ui";
import { TableFrame } from "@/ui/TableFrame";
import { Whisker } from "@/ui/Whisker";
import { downloadAddress, type Release } from "./api/release";
import { agreementIn, countsIn, excludedInWords, leastSimilarityIn, type Manifest, sealedIn } from "./manifest";
import classes from "./releases.module.css";

const METHODS: Record<string, string> = {
  consensus: "annotators agreed",
  adjudication: "an expert settled a disagreement",
  expert: "an expert decided",
};

export function ManifestView({ project, release }: { project: Project; release: Release }) {
  const { manifest } = release;
  if (!manifest) return null;
  return (
    <>
      <div className={classes.columns}>
        <Counts
          title="How answers were accepted"
          counts={countsIn(manifest, "methods")}
          words={(name) => METHODS[name] ?? name}
        />
        <Counts title="What was left out" counts={countsIn(manifest, "excluded")} words={excludedInWords}>
          <Sealed project={project} release={release} />
        </Counts>
      </div>
      <Agreement project={project} manifest={manifest} />
      <Section title="Manifest">
        <details className={classes.manifest}>
          <summary>Show all of it</summary>
          <pre>{JSON.stringify(manifest, null, 2)}</pre>
        </details>
      </Section>
    </>
  );
}

/** What was kept apart from the holdout records, and where each record of it is named. */
function Sealed({ project, release }: { project: Project; release: Release }) {
  const least = leastSimilarityIn(release.manifest);
  const n = sealedIn(release.manifest);
  if (least === null || n === 0) return null;
  return (
    <p className={classes.hint}>
      A text nearly repeats another from a similarity of {least} on.{" "}
      <a href={downloadAddress(project.id, release.id, "jsonl", "skipped")} download>
        The list of what is left out
      </a>{" "}
      names the holdout record and the similarity measured.
    </p>
  );
}

type CountsProps = {
  title: string;
  counts: ReturnType<typeof countsIn>;
  words: (name: string) => string;
  children?: ReactNode;
};

function Counts({ title, counts, words, children }: CountsProps) {
  return (
    <Section title={title}>
      {counts.length === 0 ? (
        <p className={classes.hint}>Nothing.</p>
      ) : (
        <ul className={classes.counts}>
          {counts.map(({ name, n }) => (
            <li key={name}>
              <b>{count(n)}</b> {words(name)}
            </li>
          ))}
        </ul>
      )}
      {children}
    </Section>
  );
}

function Agreement({ project, manifest }: { project: Project; manifest: Manifest }) {
  const measured = agreementIn(manifest);
  if (measured.length === 0) return null;
  const titleOf = (name: string) => project.schema.questions.find((one) => one.name === name)?.title ?? name;
  return (
    <Section title="Agreement on what it holds">
      <TableFrame label="Agreement">
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col" className={classes.plot}>
              <span className="unseen">α with its interval</span>
            </th>
            <th scope="col" data-number>
              α (95% interval)
            </th>
            <th scope="col" data-number>
              Records
            </th>
          </tr>
        </thead>
        <tbody>
          {measured.map(({ question, n_items, ...alpha }) => (
            <tr key={question}>
              <th scope="row">{titleOf(question)}</th>
              <td>
                <Whisker {...alpha} {...SCALE} />
              </td>
              <td data-number>{coefficient(alpha)}</td>
              <td data-number>{count(n_items)}</td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </Section>
  );
}

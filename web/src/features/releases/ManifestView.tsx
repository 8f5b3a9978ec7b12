/** What the manifest says, for people; and all of it as it is, for whoever wants to see. */
import type { Project } from "@/features/projects";
import { coefficient, SCALE } from "@/features/quality/words";
import { count } from "@/lib/format";
import { Section } from "@/ui";
import { TableFrame } from "@/ui/TableFrame";
import { Whisker } from "@/ui/Whisker";
import { agreementIn, countsIn, excludedInWords, type Manifest } from "./manifest";
import classes from "./releases.module.css";

const METHODS: Record<string, string> = {
  consensus: "annotators agreed",
  adjudication: "an expert settled a disagreement",
  expert: "an expert decided",
};

export function ManifestView({ project, manifest }: { project: Project; manifest: Manifest | null }) {
  if (!manifest) return null;
  return (
    <>
      <div className={classes.columns}>
        <Counts
          title="How answers were accepted"
          counts={countsIn(manifest, "methods")}
          words={(name) => METHODS[name] ?? name}
        />
        <Counts title="What was left out" counts={countsIn(manifest, "excluded")} words={excludedInWords} />
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

type CountsProps = { title: string; counts: ReturnType<typeof countsIn>; words: (name: string) => string };

function Counts({ title, counts, words }: CountsProps) {
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

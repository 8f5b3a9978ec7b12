/** One line per column: what stands in it, and what it becomes. */
import type { Field } from "@/features/projects";
import { Choice } from "@/ui/Choice";
import { TableFrame } from "@/ui/TableFrame";
import type { Upload } from "./api/upload";
import classes from "./ImportPlan.module.css";
import { type Mapping, type Part, partOf, partsFor, withPart } from "./mapping";

type MappingTableProps = {
  upload: Upload;
  mapping: Mapping;
  fields: readonly Field[];
  onChange: (mapping: Mapping) => void;
};

export function MappingTable({ upload, mapping, fields, onChange }: MappingTableProps) {
  const parts = partsFor(fields);
  return (
    <TableFrame label="Columns">
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">Values</th>
          <th scope="col">Becomes</th>
        </tr>
      </thead>
      <tbody>
        {upload.columns.map(({ name, samples }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              {samples.slice(0, 2).map((sample, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: samples are only shown
                <span key={at} className={classes.sample}>
                  {sample}
                </span>
              ))}
            </td>
            <td>
              <Choice
                label={`Column ${name} becomes`}
                options={parts}
                value={partOf(mapping, name)}
                onChange={(part) => onChange(withPart(mapping, name, part as Part))}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

/** Which column of a file becomes what: the server's mapping seen column by column, as people correct it. */
import type { Field } from "@/features/projects";
import type { Shape } from "@/lib/api";

export type Mapping = Required<Shape<"Mapping">>;
export type Part = "external_id" | "metadata" | "attributes" | "sensitive" | "holdout" | "nothing" | `field:${string}`;

/** A mapping with every part there, as the server leaves out what is empty. */
export function wholeMapping(mapping: Shape<"Mapping">): Mapping {
  const { external_id = null, fields = {}, metadata = [], attributes = [], sensitive = null, holdout = null } = mapping;
  return { external_id, fields, metadata, attributes, sensitive, holdout };
}

export function partOf(mapping: Mapping, column: string): Part {
  const field = Object.entries(mapping.fields).find(([, from]) => from === column)?.[0];
  if (field !== undefined) return `field:${field}`;
  if (mapping.external_id === column) return "external_id";
  if (mapping.sensitive === column) return "sensitive";
  if (mapping.holdout === column) return "holdout";
  if (mapping.metadata.includes(column)) return "metadata";
  return mapping.attributes.includes(column) ? "attributes" : "nothing";
}

/** The column becomes `part`; whatever held a part that only one column can have gives it up. */
export function withPart(mapping: Mapping, column: string, part: Part): Mapping {
  const freed = without(mapping, column);
  switch (part) {
    case "nothing":
      return freed;
    case "metadata":
    case "attributes":
      return { ...freed, [part]: [...freed[part], column] };
    case "external_id":
    case "sensitive":
    case "holdout":
      return { ...freed, [part]: column };
    default:
      return { ...freed, fields: { ...freed.fields, [part.slice("field:".length)]: column } };
  }
}

function without(mapping: Mapping, column: string): Mapping {
  const keep = (held: string | null) => (held === column ? null : held);
  const others = (held: readonly string[]) => held.filter((one) => one !== column);
  return {
    external_id: keep(mapping.external_id),
    fields: Object.fromEntries(Object.entries(mapping.fields).filter(([, from]) => from !== column)),
    metadata: others(mapping.metadata),
    attributes: others(mapping.attributes),
    sensitive: keep(mapping.sensitive),
    holdout: keep(mapping.holdout),
  };
}

/** Fields that every record must have and that no column fills yet. */
export function missingFields(mapping: Mapping, fields: readonly Field[]): readonly Field[] {
  return fields.filter((field) => field.required && !mapping.fields[field.name]);
}

export function partsFor(fields: readonly Field[]): ReadonlyArray<{ value: Part; label: string }> {
  return [
    ...fields.map((field) => ({
      value: `field:${field.name}` as const,
      label: `Field: ${field.title || field.name}${field.required ? "" : " (optional)"}`,
    })),
    { value: "external_id", label: "Name of the record" },
    { value: "metadata", label: "Metadata" },
    { value: "attributes", label: "Attribute, hidden from annotators" },
    { value: "sensitive", label: "Marks sensitive records" },
    { value: "holdout", label: "Marks holdout records" },
    { value: "nothing", label: "Nothing" },
  ];
}

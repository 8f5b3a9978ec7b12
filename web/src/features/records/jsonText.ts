/** JSON in as few lines as can be read: what is short stays on one line, what is long has a line for each part. */
const ONE_LINE = 56;

export function jsonText(value: unknown, indent = ""): string {
  const line = onOneLine(value);
  if (line.length + indent.length <= ONE_LINE || typeof value !== "object" || value === null) return line;
  const deeper = `${indent}  `;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((one) => jsonText(one, deeper))
    : Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${jsonText(one, deeper)}`);
  const inside = parts.map((part) => `${deeper}${part}`).join(",\n");
  return `${isList ? "[" : "{"}\n${inside}\n${indent}${isList ? "]" : "}"}`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const parts = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${onOneLine(one)}`);
  return parts.length > 0 ? `{ ${parts.join(", ")} }` : "{}";
}

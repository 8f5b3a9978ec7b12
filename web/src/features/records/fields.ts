/** What stands in a record's fields, read carefully: the schema says what it should be, the data may be older. */

export type Call = { readonly id: string | undefined; readonly name: string; readonly args: string };
export type Image = { readonly url: string; readonly at: number };
export type Message = {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly content: string;
  readonly name?: string | undefined;
  readonly calls: readonly Call[];
  /** Which call a tool's turn answers. */
  readonly answers?: string | undefined;
  readonly images: readonly Image[];
};
export type Tool = { readonly name: string; readonly description: string | undefined; readonly parameters: unknown };
export type ContextDocument = { readonly title?: string | null; readonly text: string; readonly url?: string | null };

export function messagesOf(value: unknown): readonly Message[] {
  if (typeof value === "string") return [{ role: "user", content: value, calls: [], images: [] }];
  return Array.isArray(value) ? value.flatMap(messageOf) : [];
}

export function toolsOf(value: unknown): readonly Tool[] {
  return listOf(value).flatMap(({ function: tool }) => {
    if (!isObject(tool) || typeof tool.name !== "string") return [];
    return [{ name: tool.name, description: textIn(tool.description), parameters: tool.parameters }];
  });
}

export function documentsOf(value: unknown): readonly ContextDocument[] {
  if (typeof value === "string") return value ? [{ text: value }] : [];
  return Array.isArray(value) ? value.filter(isDocument) : [];
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : value == null ? "" : JSON.stringify(value, null, 2);
}

export function isEmptyField(value: unknown): boolean {
  return value == null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** Only addresses of the web become links. */
export function webAddress(url: string | null | undefined): string | undefined {
  return url && /^https?:\/\//i.test(url) ? url : undefined;
}

function messageOf(value: unknown): Message[] {
  if (!isObject(value) || typeof value.role !== "string" || typeof value.content !== "string") return [];
  return [
    {
      role: value.role as Message["role"],
      content: value.content,
      name: textIn(value.name),
      calls: listOf(value.tool_calls).flatMap(callOf),
      answers: textIn(value.tool_call_id),
      images: listOf(value.images).flatMap(({ url, at }) =>
        typeof url === "string" && typeof at === "number" ? [{ url, at }] : [],
      ),
    },
  ];
}

function callOf({ id, function: called }: Record<string, unknown>): Call[] {
  if (!isObject(called) || typeof called.name !== "string") return [];
  return [{ id: textIn(id), name: called.name, args: textIn(called.arguments) ?? "" }];
}

function listOf(value: unknown): ReadonlyArray<Record<string, unknown>> {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function textIn(value: unknown): string | undefined {
  return typeof value === "string" && value ? value : undefined;
}

function isDocument(value: unknown): value is ContextDocument {
  return isObject(value) && typeof value.text === "string";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

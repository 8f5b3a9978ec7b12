/** What stands in a record's fields, read carefully: the schema says what it should be, the data may be older. */

export type Message = { readonly role: "system" | "user" | "assistant" | "tool"; readonly content: string };
export type ContextDocument = { readonly title?: string | null; readonly text: string; readonly url?: string | null };

export function messagesOf(value: unknown): readonly Message[] {
  if (typeof value === "string") return [{ role: "user", content: value }];
  return Array.isArray(value) ? value.filter(isMessage) : [];
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

function isMessage(value: unknown): value is Message {
  return isObject(value) && typeof value.role === "string" && typeof value.content === "string";
}

function isDocument(value: unknown): value is ContextDocument {
  return isObject(value) && typeof value.text === "string";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

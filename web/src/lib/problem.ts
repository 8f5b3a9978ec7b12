/** What can go wrong between browser and server, as one kind of error that carries a sentence for people. */

export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly pointers: ReadonlyArray<{ pointer: string; detail: string }>;

  constructor(status: number, title: string, detail: string, pointers: Problem["pointers"] = []) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.title = title;
    this.pointers = pointers;
  }

  /** The server was never reached, or is not able to answer now: the same request may succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export function unreachable(): Problem {
  return new Problem(
    0,
    "No connection",
    "The server did not answer. Check the network; the page tries again by itself.",
  );
}

/** Reads an RFC 9457 body; survives bodies that are something else. */
export function problemFrom(status: number, body: unknown): Problem {
  const parts = isObject(body) ? body : {};
  const title = text(parts.title) ?? `The server answered ${status}`;
  const detail =
    text(parts.detail) ?? text(parts.title) ?? "Try again; if it stays, tell the person who runs this server.";
  return new Problem(status, title, detail, pointersFrom(parts.errors));
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) return unreachable();
  const detail = error instanceof Error ? error.message : String(error);
  return new Problem(-1, "This page made a mistake", detail);
}

function pointersFrom(errors: unknown): Problem["pointers"] {
  if (!Array.isArray(errors)) return [];
  return errors.filter(isObject).map((e) => ({ pointer: text(e.pointer) ?? "", detail: text(e.detail) ?? "" }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value ? value : undefined;
}

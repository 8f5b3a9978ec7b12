/** The one door to the server. Paths, bodies and answers are typed by contracts/openapi.json. */
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "@/generated/api";
import { csrfHeaders } from "./csrf";
import { asProblem, type Problem, problemFrom } from "./problem";

/** A named shape of the contract: `Shape<"Item">`. */
export type Shape<Name extends keyof components["schemas"]> = components["schemas"][Name];

const csrf: Middleware = {
  onRequest({ request }) {
    if (request.method === "GET" || request.method === "HEAD") return;
    for (const [name, value] of Object.entries(csrfHeaders())) request.headers.set(name, value);
  },
};

declare const __CONTRACT__: string;

/** Lets a server of another version know why it is asked for something strange (docs/decisions/0005). */
const version: Middleware = {
  onRequest({ request }) {
    request.headers.set("X-Goldsmith-Contract", __CONTRACT__);
  },
};

/** Told to the window when the server no longer knows who is here. */
export const SIGNED_OUT = "goldsmith:signed-out";

const signedOut: Middleware = {
  onResponse({ request, response }) {
    const isDoor = /^\/api\/v1\/session(\/|$)/.test(new URL(request.url).pathname);
    if (response.status === 401 && !isDoor) window.dispatchEvent(new Event(SIGNED_OUT));
  },
};

export const api = createClient<paths>({ credentials: "same-origin" });
api.use(csrf, version, signedOut);

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** Waits for an answer and returns its body, or throws a Problem: `await send(api.GET("/api/v1/projects"))`. */
export async function send<T>(request: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await request.catch((failure: unknown): never => {
    throw asProblem(failure);
  });
  if (!response.ok) throw problemFrom(response.status, error);
  return data as T;
}

export type { Problem };

/** The session's CSRF token: the server hands it out with the session, unsafe requests send it back. */
let token: string | null = null;

export function rememberCsrfToken(next: string | null): void {
  token = next;
}

export function csrfHeaders(): Record<string, string> {
  return token ? { "X-CSRF-Token": token } : {};
}

/** The few lines of Python that fetch a release. */

export function snippetOf(origin: string, slug: string, releaseId: number, filename: string): string {
  return [
    "from goldsmith import Client",
    "",
    `client = Client("${origin}", api_key="gsk_...")`,
    `release = client.projects.get("${slug}").releases.get(${releaseId})`,
    `release.download("${filename}", format="jsonl")`,
  ].join("\n");
}

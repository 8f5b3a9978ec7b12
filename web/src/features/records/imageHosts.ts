/** Whether a project's list of hosts has an image's: as the server compares them, so that no image is asked for in vain. */
export function isShown(url: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { host, hostname } = new URL(url);
  return hosts.some((entry) => {
    const here = entry.includes(":") ? host : host === hostname ? hostname : "";
    return entry.startsWith("*.") ? here.endsWith(entry.slice(1)) : here === entry;
  });
}

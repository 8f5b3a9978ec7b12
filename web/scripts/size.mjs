// How much script a person's browser is sent for the annotate screen: gzip, the entry, everything it imports, and what is
// fetched ahead once the first record stands. Widgets of questions that a project does not ask are not sent.
// Fails above the limit that DESIGN.md section 8 sets. Run after `npm run build`.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT_BYTES = 300_000;
const out = new URL("../../src/goldsmith/server/static/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", out), "utf8"));
const rail = "src/features/annotation/Rail.tsx";
const ahead = [rail, ...manifest[rail].dynamicImports.filter((key) => manifest[key].name === "Comments")];
const starts = ["index.html", "src/app/Shell.tsx", "src/features/annotation/AnnotatePage.tsx", ...ahead];

function reach(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key]?.imports ?? []) reach(next, seen);
  return seen;
}

const keys = new Set(starts.flatMap((start) => [...reach(start)]));
const files = [...keys].map((key) => manifest[key].file).filter((file) => file.endsWith(".js"));
const styles = [...keys].flatMap((key) => manifest[key].css ?? []);
const gzip = (file) => gzipSync(readFileSync(new URL(file, out)), { level: 9 }).length;
const sizes = files.map((file) => ({ file, bytes: gzip(file) })).sort((a, b) => b.bytes - a.bytes);
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
const css = [...new Set(styles)].reduce((sum, file) => sum + gzip(file), 0);

for (const { file, bytes } of sizes) console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${file}`);
console.log(
  `${(total / 1000).toFixed(1).padStart(8)} kB  script of the annotate screen, gzip (limit ${LIMIT_BYTES / 1000} kB)`,
);
console.log(`${(css / 1000).toFixed(1).padStart(8)} kB  styles`);
if (total > LIMIT_BYTES) process.exit(1);

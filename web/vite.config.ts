import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const server = process.env.GOLDSMITH_SERVER ?? "http://127.0.0.1:8484";

/** Writes a `.gz` twin beside each asset that shrinks, so that no server has to compress while somebody waits. */
function gzipTwins(): Plugin {
  let assets = "";
  return {
    name: "gzip-twins",
    apply: "build",
    configResolved: (config) => {
      assets = resolve(config.root, config.build.outDir, config.build.assetsDir);
    },
    closeBundle: () => {
      for (const file of readdirSync(assets).filter((name) => /\.(js|css|svg)$/.test(name))) {
        const content = readFileSync(join(assets, file));
        const twin = gzipSync(content, { level: 9 });
        if (twin.length < content.length) writeFileSync(join(assets, `${file}.gz`), twin);
      }
    },
  };
}

/** The contract that the pages are built for: they tell it with each request, and the server keeps it beside them. */
const contract = createHash("sha256")
  .update(readFileSync(new URL("../contracts/openapi.json", import.meta.url)))
  .digest("hex")
  .slice(0, 12);

function contractBesidePages(): Plugin {
  return {
    name: "contract-beside-pages",
    apply: "build",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "contract.txt", source: contract });
    },
  };
}

/** Fonts in the one format that every browser of the last ten years reads. */
function onlyWoff2(): Plugin {
  return {
    name: "only-woff2",
    enforce: "pre",
    transform: (code, id) =>
      id.endsWith("katex.min.css") ? code.replaceAll(/,url\([^)]+\) format\("(?:woff|truetype)"\)/g, "") : undefined,
  };
}

/** Dialogs import the drawn scrollbars only to ask whether they were given them, which ours never are. */
function withoutScrollbars(): Plugin {
  return {
    name: "without-scrollbars",
    enforce: "pre",
    transform: (code, id) =>
      /(Modal|Drawer)Root\.mjs$/.test(id)
        ? code.replace("scrollAreaComponent === ScrollArea.Autosize || void 0", "void 0")
        : undefined,
  };
}

export default defineConfig({
  plugins: [react(), onlyWoff2(), withoutScrollbars(), contractBesidePages(), gzipTwins()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  define: { __CONTRACT__: JSON.stringify(contract) },
  build: {
    outDir: "../src/goldsmith/server/static",
    emptyOutDir: true,
    manifest: true,
    target: "es2023",
    chunkSizeWarningLimit: 700,
  },
  server: { host: "127.0.0.1", port: 5173, proxy: { "/api": server } },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});

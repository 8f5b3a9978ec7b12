import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.GOLDSMITH_SERVER ?? "http://127.0.0.1:8484";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
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

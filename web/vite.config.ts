import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const SERVER = "http://127.0.0.1:8000";

/** Icons stand beside words; by themselves antd reads out their English names ("book 视图"). */
const silentIcons: Plugin = {
  name: "silent-icons",
  transform(code, id) {
    if (!/@ant-design\/icons\/es\/components\/AntdIcon(?:Light)?\.js/.test(id)) return null;
    const silent = code.replace(/role: "img",\s*"aria-label": icon\.name/, '"aria-hidden": true');
    if (silent === code) this.error(`${id} names its icons in another way now`);
    return { code: silent, map: null };
  },
};

export default defineConfig({
  plugins: [react(), silentIcons],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: "dist",
    assetsInlineLimit: 0, // the policy of the server lets no data: address run or draw
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { "/api": SERVER, "/_allauth": SERVER } },
  test: { environment: "jsdom", globals: false, setupFiles: ["src/testing.ts"] },
});

// What STYLE.md section 6 asks of the front end, as errors.
import i18next from "eslint-plugin-i18next";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

// the resolver takes an alias by its whole path only; by another it finds nothing and says nothing
const SOURCE = fileURLToPath(new URL("./src", import.meta.url));
const features = readdirSync("src/features");
const storey = (name, above) => ({
  target: `./src/${name}`,
  from: above.map((other) => `./src/${other}`),
  message: `Imports only go down: app > features > ui > lib > api (${name} is below).`,
});

export default tseslint.config(
  { ignores: ["src/api/**"] },
  ...tseslint.configs.recommended,
  hooks.configs.flat["recommended-latest"],
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "import-x": importX, i18next },
    settings: {
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".tsx", ".js"], alias: { "@": [SOURCE] } })],
      // what is imported is read too, or no ring of imports is ever seen
      "import-x/extensions": [".ts", ".tsx", ".js"],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
    },
    rules: {
      "import-x/no-restricted-paths": [
        "error",
        {
          zones: [
            storey("lib", ["app", "features", "ui"]),
            storey("ui", ["app", "features"]),
            storey("features", ["app"]),
            ...features.map((feature) => ({
              target: `./src/features/${feature}`,
              from: features.filter((f) => f !== feature).map((f) => `./src/features/${f}`),
              message: "A feature never imports another feature: what two need lives in ui or lib.",
            })),
          ],
        },
      ],
      "import-x/no-cycle": "error",
      "no-restricted-globals": [
        "error",
        { name: "fetch", message: "Use the generated client (lib/client.ts)." },
        { name: "XMLHttpRequest", message: "Use the generated client (lib/client.ts)." },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportAllDeclaration", message: "No barrels." },
        {
          selector: "Literal[value=/^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i]",
          message: "No raw colours: use a token of ui/tokens.css.",
        },
      ],
      "i18next/no-literal-string": [
        "error",
        { mode: "jsx-text-only", "jsx-components": { exclude: ["kbd", "Trans"] }, words: { exclude: [/^[^\p{L}]+$/u, /^[A-Z]{1,4}$/, /^\s*(?:n|Ac|Re)(?: =)?\s*$/] } },
      ],
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["src/**/*.test.{ts,tsx}"],
    rules: { "i18next/no-literal-string": "off", "max-lines": "off" },
  },
);

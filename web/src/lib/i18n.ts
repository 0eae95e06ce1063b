// Both languages are equal: `language` is the one place that knows which is shown.
import i18next, { type BackendModule, type ReadCallback } from "i18next";
import { initReactI18next } from "react-i18next";

export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each by its own name, whichever is shown: who cannot read the other one must find his. */
export const LANGUAGE_NAMES: Record<Language, string> = { "zh-CN": "中文", en: "English" };

type Texts = Record<string, unknown>;

// One catalogue a folder: its namespace is the folder above `locales`.
const catalogues = Object.fromEntries(
  Object.entries(import.meta.glob<{ default: Texts }>("../**/locales/*/*.json")).map(
    ([path, load]) => {
      const [, language, namespace] = /locales\/([^/]+)\/([^/]+)\.json$/.exec(path) ?? [];
      return [`${language}/${namespace}`, load];
    },
  ),
);

const fromCatalogues: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language: string, namespace: string, done: ReadCallback) => {
    const load = catalogues[`${language}/${namespace}`];
    if (!load) return done(new Error(`no catalogue ${language}/${namespace}`), null);
    load().then(
      (module) => done(null, module.default),
      (error: Error) => done(error, null),
    );
  },
};

const STORED = "zhiliu.language";

function preferred(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === "zh-CN" || stored === "en") return stored;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

export function startLanguage(): Promise<unknown> {
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language;
  });
  return i18next
    .use(fromCatalogues)
    .use(initReactI18next)
    .init({
      lng: preferred(),
      fallbackLng: false,
      ns: ["app", "ui", "states", "scan"],
      defaultNS: "ui",
      interpolation: { escapeValue: false }, // React escapes
      returnNull: false,
      saveMissing: true,
      missingKeyHandler: (languages, namespace, key, _, __, options) => {
        // a text that only the running page knows by name; what has another to show is no fault
        if (options?.defaultValue === undefined) console.error(`No text ${namespace}:${key} in ${languages.join()}`);
      },
    });
}

/** What the server is asked to answer in, and what dates and numbers are written in. */
export function currentLanguage(): Language {
  return i18next.language === "en" ? "en" : "zh-CN";
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
}

// How a person wants to see Zhiliu: at once in this browser, and kept with the account.
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { changeLanguage, type Language } from "@/lib/i18n";
import { useMe } from "@/lib/me";
import { type ThemeChoice, useAppearance } from "./appearance";
import type { Density } from "./theme";

/** The version of the account after the last choice that was kept. */
let kept: Promise<number> = Promise.resolve(0);

export function usePreferences() {
  const { i18n } = useTranslation();
  const { choice, density, setChoice, setDensity } = useAppearance();
  const me = useMe();
  const { mutateAsync: keep } = useAct("patch", "/api/v1/me");
  const keepIt = (body: Parameters<typeof keep>[0]["body"]) => {
    // one after the other, each on the version that the one before it made
    kept = kept.then(async (made) => {
      if (!me.data) return made;
      const version = Math.max(made, me.data.version);
      return keep({ version, body }).then(
        (answer) => answer.version,
        () => 0, // it counts in this browser all the same
      );
    });
  };
  return {
    language: i18n.language as Language,
    theme: choice,
    density,
    setLanguage: (language: Language) => {
      void changeLanguage(language);
      keepIt({ language: language === "en" ? "en" : "zh" });
    },
    setTheme: (theme: ThemeChoice) => {
      setChoice(theme);
      keepIt({ preferences: { theme } });
    },
    setDensity: (rows: Density) => {
      setDensity(rows);
      keepIt({ preferences: { density: rows } });
    },
  };
}

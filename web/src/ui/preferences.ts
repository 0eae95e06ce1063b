// How a person wants to see Zhiliu: at once in this browser, and kept with the account.
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { changeLanguage, type Language } from "@/lib/i18n";
import { useMe } from "@/lib/me";
import { type ThemeChoice, useAppearance } from "./appearance";
import type { Density } from "./theme";

export function usePreferences() {
  const { i18n } = useTranslation();
  const { choice, density, setChoice, setDensity } = useAppearance();
  const me = useMe();
  const { mutate: keep } = useAct("patch", "/api/v1/me");
  const keepIt = (body: Parameters<typeof keep>[0]["body"]) => {
    if (me.data) keep({ version: me.data.version, body });
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

// How a person wants to see Zhiliu: at once in this browser, and kept with the account.
import { useTranslation } from "react-i18next";
import { changeLanguage, type Language } from "@/lib/i18n";
import { keepOwn } from "@/lib/me";
import { type ThemeChoice, useAppearance } from "./appearance";
import type { Density } from "./theme";

export function usePreferences() {
  const { i18n } = useTranslation();
  const { choice, density, setChoice, setDensity } = useAppearance();
  return {
    language: i18n.language as Language,
    theme: choice,
    density,
    setLanguage: (language: Language) => {
      void changeLanguage(language);
      keepOwn({ language: language === "en" ? "en" : "zh" });
    },
    setTheme: (theme: ThemeChoice) => {
      setChoice(theme);
      keepOwn({ preferences: { theme } });
    },
    setDensity: (rows: Density) => {
      setDensity(rows);
      keepOwn({ preferences: { density: rows } });
    },
  };
}

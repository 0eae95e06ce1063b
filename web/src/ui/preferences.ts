// How a person wants to see Zhiliu: at once in this browser, and kept with the account.
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { changeLanguage, type Language } from "@/lib/i18n";
import { useAppearance } from "./appearance";

export function usePreferences() {
  const { i18n } = useTranslation();
  const { choice, density, setChoice, setDensity } = useAppearance();
  const keep = useAct("patch", "/api/v1/me");
  return {
    language: i18n.language as Language,
    theme: choice,
    density,
    setLanguage: (language: Language) => {
      void changeLanguage(language);
      keep.mutate({ body: { language: language === "en" ? "en" : "zh" } });
    },
    setTheme: setChoice,
    setDensity,
  };
}

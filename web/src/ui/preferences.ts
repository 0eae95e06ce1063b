// How a person wants to see Zhiliu: at once in this browser, and kept with the account.
import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { changeLanguage, type Language } from "@/lib/i18n";
import { keepOwn, type Me } from "@/lib/me";
import { takenFromAccount } from "@/lib/own-display";
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

const OWNER = "zhiliu.owner";

/** In a browser that is not his yet, whoever signs in finds what his account keeps. */
export function useAccountPreferences(me: Me | undefined): void {
  const { setChoice, setDensity } = useAppearance();
  const take = useEffectEvent((who: Me) => {
    const kept = (name: string) => localStorage.getItem(`zhiliu.${name}`);
    const taken = takenFromAccount(who, { owner: kept("owner"), language: kept("language"), theme: kept("theme"), density: kept("density") });
    localStorage.setItem(OWNER, who.id);
    if (taken.language) void changeLanguage(taken.language);
    if (taken.theme) setChoice(taken.theme);
    if (taken.density) setDensity(taken.density);
  });
  useEffect(() => {
    if (me) take(me);
  }, [me]);
}

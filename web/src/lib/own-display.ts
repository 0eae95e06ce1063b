// How a person wants to see Zhiliu is kept with the account and in the browser; which of them holds.
import type { Me } from "./me";
import type { Language } from "./i18n";

/** What a browser has: whose it is, null in one where nobody's was kept yet. */
export interface Kept {
  owner: string | null;
  language: string | null;
  theme: string | null;
  density: string | null;
}

export interface Taken {
  language?: Language;
  theme?: "light" | "dark" | "system";
  density?: "compact" | "comfortable";
}

/**
 * What this browser takes from the account of whoever signed in. His own browser has it already; in
 * a new one what was chosen here before signing in stands; after somebody else all is the account's.
 */
export function takenFromAccount(me: Pick<Me, "id" | "language" | "preferences">, kept: Kept): Taken {
  if (kept.owner === me.id) return {};
  const isElses = kept.owner !== null;
  const taken: Taken = {};
  const { theme, density } = me.preferences;
  if (isElses || kept.language === null) taken.language = me.language === "zh" ? "zh-CN" : "en";
  if (theme && (isElses || kept.theme === null)) taken.theme = theme;
  else if (isElses) taken.theme = "system";
  if (density && (isElses || kept.density === null)) taken.density = density;
  else if (isElses) taken.density = "compact";
  return taken;
}

// Language, colours and density: they change at once and are kept.
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { type Language, LANGUAGES } from "@/lib/i18n";
import { usePreferences } from "@/ui/preferences";
import type { Density } from "@/ui/theme";
import type { ThemeChoice } from "@/ui/appearance";
import { Panel } from "@/ui/frames/RecordPage";

const THEMES: ThemeChoice[] = ["light", "dark", "system"];
const DENSITIES: Density[] = ["compact", "comfortable"];

export function PreferencesPanel() {
  const { t } = useTranslation("account");
  const { language, theme, density, setLanguage, setTheme, setDensity } = usePreferences();
  return (
    <Panel title={t("preferences.title")}>
      <div className="account-preferences">
        <span id="language">{t("preferences.language")}</span>
        <Segmented<Language>
          aria-labelledby="language"
          value={language}
          onChange={setLanguage}
          options={LANGUAGES.map((value) => ({ value, label: <span lang={value}>{t(`languages.${value}`)}</span> }))}
        />
        <span id="theme">{t("preferences.theme")}</span>
        <Segmented<ThemeChoice>
          aria-labelledby="theme"
          value={theme}
          onChange={setTheme}
          options={THEMES.map((value) => ({ value, label: t(`themes.${value}`) }))}
        />
        <span id="density">{t("preferences.density")}</span>
        <Segmented<Density>
          aria-labelledby="density"
          value={density}
          onChange={setDensity}
          options={DENSITIES.map((value) => ({ value, label: t(`densities.${value}`) }))}
        />
      </div>
    </Panel>
  );
}

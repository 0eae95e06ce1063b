// The first page: what Zhiliu is on the left, who you are on the right.
import { Button, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { changeLanguage, type Language, LANGUAGE_NAMES, LANGUAGES } from "@/lib/i18n";
import { day } from "@/lib/dates";
import { useAppearance } from "@/ui/appearance";
import { Shape } from "@/ui/Shape";
import { SignIn } from "./SignIn";
import "./sign-in.css";

const STATIONS = ["arrival", "inspection", "verdict", "stock", "line", "final_check", "shipment"] as const;
const GATES = new Set<string>(["verdict", "final_check"]);

export function SignInPage({ onDone }: { onDone: () => void }) {
  const { t, i18n } = useTranslation("app");
  const { theme, setChoice } = useAppearance();
  return (
    <div className="sign-in">
      <main className="sign-in-what">
        <p className="sign-in-name">
          <Shape name="mark" size={34} />
          <b>{t("name")}</b>
          <span>{t("other_name")}</span>
        </p>
        <div>
          <p className="sign-in-claim">{t("claim")}</p>
          <p className="quiet">{t("claim_detail")}</p>
          <ol className="sign-in-flow" aria-label={t("flow_label")}>
            {STATIONS.map((station) => (
              <li key={station} data-gate={GATES.has(station)}>
                {t(`station.${station}`)}
              </li>
            ))}
          </ol>
        </div>
        <p className="meta">{t("browser_needed")}</p>
      </main>
      <aside className="sign-in-who">
        <div className="row">
          <span className="meta">{day(new Date())}</span>
          <Segmented<Language>
            className="sign-in-language"
            value={i18n.language as Language}
            onChange={(language) => void changeLanguage(language)}
            options={LANGUAGES.map((language) => ({
              value: language,
              label: <span lang={language}>{LANGUAGE_NAMES[language]}</span>,
            }))}
          />
        </div>
        <div>
          <h1>{t("sign_in.title")}</h1>
          <SignIn onDone={onDone} />
        </div>
        <Button type="link" onClick={() => setChoice(theme === "dark" ? "light" : "dark")}>
          {t(theme === "dark" ? "theme.light" : "theme.dark")}
        </Button>
      </aside>
    </div>
  );
}

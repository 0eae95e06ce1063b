import { BulbOutlined, ColumnHeightOutlined, LeftOutlined, LogoutOutlined, QuestionCircleOutlined } from "@ant-design/icons";
import { Link, useRouter } from "@tanstack/react-router";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Me } from "@/lib/me";
import { signOut } from "@/lib/sign-in";
import { useAppearance } from "@/ui/appearance";
import { useTaken } from "@/lib/scan/scans";
import { usePreferences } from "@/ui/preferences";
import { Shape } from "@/ui/Shape";
import { LastScan } from "@/ui/scan/LastScan";
import { ScanTools } from "@/ui/scan/ScanTools";
import { Connection } from "./Connection";
import { Help } from "./Help";
import { SearchBox } from "./SearchBox";

export function TopBar({ me, isTask }: { me: Me; isTask: boolean }) {
  const { t, i18n } = useTranslation("app");
  const router = useRouter();
  const { theme, density, setChoice, setDensity } = useAppearance();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const { setLanguage } = usePreferences();
  const isTaken = useTaken();
  const leave = async () => {
    await signOut();
    sessionStorage.clear(); // tabs and drafts are the person's own
    location.replace("/"); // and so is all that this page remembers
  };
  const other = i18n.language === "en" ? "zh-CN" : "en";
  return (
    <header className="top no-print">
      <Link to="/" className="top-name">
        <Shape name="mark" size={24} />
        <b>{t("name")}</b>
        <span className="quiet">{t("other_name")}</span>
        <em className="visually-hidden">{t("to_home")}</em>
      </Link>
      {isTask && (
        <Button type="text" icon={<LeftOutlined />} onClick={() => router.history.back()}>
          {t("back")}
        </Button>
      )}
      <SearchBox />
      <ScanTools />
      {!isTaken && <LastScan isPassing />}
      <div className="top-end">
        <Connection />
        <Button
          type="text"
          lang={other}
          title={t("language")}
          onClick={() => setLanguage(other)}
        >
          {t("other_language")}
        </Button>
        <Button
          className="top-optional"
          type="text"
          icon={<ColumnHeightOutlined />}
          aria-label={t(density === "compact" ? "density.comfortable" : "density.compact")}
          title={t(density === "compact" ? "density.comfortable" : "density.compact")}
          onClick={() => setDensity(density === "compact" ? "comfortable" : "compact")}
        />
        <Button
          type="text"
          icon={<BulbOutlined />}
          aria-label={t(theme === "dark" ? "theme.light" : "theme.dark")}
          title={t(theme === "dark" ? "theme.light" : "theme.dark")}
          onClick={() => setChoice(theme === "dark" ? "light" : "dark")}
        />
        <Button
          type="text"
          icon={<QuestionCircleOutlined />}
          aria-label={t("help.title")}
          onClick={() => setHelpOpen(true)}
        />
        <Dropdown
          trigger={["click"]}
          menu={{
            items: [
              { key: "account", label: <Link to={"/account" as never}>{t("account")}</Link> },
              { key: "out", icon: <LogoutOutlined />, label: t("sign_out"), onClick: () => void leave() },
            ],
          }}
        >
          <button type="button" className="link top-person">
            <span className="top-initial" aria-hidden="true">
              {me.name.slice(0, 1)}
            </span>
            <span>
              <b>{me.name}</b>
              <span className="meta">{me.username}</span>
            </span>
            <em className="visually-hidden">{t("person")}</em>
          </button>
        </Dropdown>
      </div>
      <Help isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </header>
  );
}

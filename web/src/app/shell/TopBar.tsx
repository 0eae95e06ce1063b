import { BulbOutlined, ColumnHeightOutlined, LeftOutlined, LogoutOutlined, QuestionCircleOutlined } from "@ant-design/icons";
import { Link, useRouter } from "@tanstack/react-router";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { changeLanguage } from "@/lib/i18n";
import { type Me, useForget } from "@/lib/me";
import { session } from "@/lib/session";
import { signOut } from "@/lib/sign-in";
import { closeAllTabs } from "@/lib/tabs";
import { useAppearance } from "@/ui/appearance";
import { Shape } from "@/ui/Shape";
import { LastScan } from "@/ui/scan/LastScan";
import { ScanTools } from "@/ui/scan/ScanTools";
import { Connection } from "./Connection";
import { Help } from "./Help";
import { SearchBox } from "./SearchBox";

export function TopBar({ me, isTask }: { me: Me; isTask: boolean }) {
  const { t, i18n } = useTranslation("app");
  const router = useRouter();
  const forget = useForget();
  const { theme, density, setChoice, setDensity } = useAppearance();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const keepLanguage = useAct("patch", "/api/v1/me");
  const leave = async () => {
    await signOut();
    session.closed();
    closeAllTabs();
    sessionStorage.clear(); // drafts are the person's own
    forget();
    await router.navigate({ to: "/" });
  };
  const other = i18n.language === "en" ? "zh-CN" : "en";
  return (
    <header className="top no-print">
      <Link to="/" className="top-name" aria-label={t("menu.home")}>
        <Shape name="mark" size={24} />
        <b>{t("name")}</b>
        <span className="quiet">{t("other_name")}</span>
      </Link>
      {isTask && (
        <Button type="text" icon={<LeftOutlined />} onClick={() => router.history.back()}>
          {t("back")}
        </Button>
      )}
      <SearchBox />
      <ScanTools />
      {!isTask && <LastScan />}
      <div className="top-end">
        <Connection />
        <Button
          type="text"
          lang={other}
          aria-label={t("language")}
          onClick={() => {
            void changeLanguage(other);
            keepLanguage.mutate({ body: { language: other === "en" ? "en" : "zh" } });
          }}
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
          <button type="button" className="link top-person" aria-label={t("person", { name: me.name })}>
            <span className="top-initial" aria-hidden="true">
              {me.name.slice(0, 1)}
            </span>
            <span>
              <b>{me.name}</b>
              <span className="meta">{me.username}</span>
            </span>
          </button>
        </Dropdown>
      </div>
      <Help isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </header>
  );
}

import { CloseOutlined } from "@ant-design/icons";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { closeTab, useTabs } from "@/lib/tabs";

export function Tabs({ path }: { path: string }) {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const tabs = useTabs();
  return (
    <nav className="tabs no-print" aria-label={t("tabs.title")}>
      <span data-open={path === "/"}>
        <Link to="/">{t("menu.home")}</Link>
      </span>
      {tabs.map((tab) => (
        <span key={tab.path} data-open={path === tab.path}>
          <Link to={tab.path as never}>{tab.name}</Link>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t("tabs.close", { name: tab.name })}
            onClick={() => {
              closeTab(tab.path);
              if (path === tab.path) void navigate({ to: "/" });
            }}
          />
        </span>
      ))}
    </nav>
  );
}

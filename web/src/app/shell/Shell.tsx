// Top bar, left menu, tabs of what is open, and the page.
import { useRouterState } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Me } from "@/lib/me";
import { Scanner } from "./Scanner";
import { SideMenu } from "./SideMenu";
import { Tabs } from "./Tabs";
import { TopBar } from "./TopBar";
import { useLiveQueries } from "./useLiveQueries";
import "./shell.css";

/** Pages of a task have no menu and no tabs: one task, one screen, a way back. */
const TASKS = [/^\/inspections\/[^/]+\/readings$/, /^\/receive\/./, /^\/(?:move|issue|count)$/];

export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const { t } = useTranslation("app");
  useLiveQueries();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const isTask = TASKS.some((task) => task.test(path));
  return (
    <div className="shell" data-task={isTask}>
      <a className="skip" href="#content">
        {t("skip")}
      </a>
      <Scanner />
      <TopBar me={me} isTask={isTask} />
      {!isTask && <SideMenu path={path} />}
      <div className="shell-main">
        {!isTask && <Tabs path={path} />}
        <main id="content" tabIndex={0}>
          {children}
        </main>
      </div>
    </div>
  );
}

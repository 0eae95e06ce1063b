// Top bar, left menu, tabs of what is open, and the page.
import { useRouterState } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Me, useMay } from "@/lib/me";
import { NoRight } from "./Failed";
import { MENU } from "./pages";
import { Scanner } from "./Scanner";
import { SideMenu } from "./SideMenu";
import { Tabs } from "./Tabs";
import { TopBar } from "./TopBar";
import { useLiveQueries } from "./useLiveQueries";
import "./shell.css";

/** Pages of a task have no menu and no tabs: one task, one screen, a way back. */
const TASKS = [/^\/inspections\/[^/]+\/readings$/, /^\/receive\/./, /^\/(?:move|issue|count)$/];
/** Pages that only do something: nobody comes to read there. */
const DOING = MENU.flatMap((group) => group.pages).filter((page) => /^\/(?:receive|move|issue|count)$/.test(page.path));

export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const { t } = useTranslation("app");
  useLiveQueries();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const may = useMay();
  const doing = DOING.find((page) => path === page.path || path.startsWith(`${page.path}/`));
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
          {doing?.permission && !may(doing.permission) ? <NoRight operation={doing.permission} /> : children}
        </main>
      </div>
    </div>
  );
}

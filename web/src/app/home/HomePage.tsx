// What waits for the person who is signed in, why, by when, and one button each.
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Panel } from "@/ui/frames/RecordPage";
import { ProblemPanel } from "@/ui/Problem";
import { ScanBox } from "@/ui/scan/ScanBox";
import { Empty, Loading } from "@/ui/states";
import { Counts } from "./Counts";
import { byDue, eachOnce } from "./due";
import { useWork } from "./useWork";
import { Waiting } from "./Waiting";
import { targetOf, WorkTable } from "./WorkTable";
import "./home.css";

export function HomePage() {
  const { t } = useTranslation(["home", "app"]);
  const navigate = useNavigate();
  const work = useWork();
  const main = work.filter((one) => one.source.isMain);
  const beside = work.filter((one) => !one.source.isMain);
  const items = eachOnce(main.flatMap((one) => one.items));
  const first = byDue(items, new Date())[0]?.items[0];
  const failed = work.find((one) => one.problem);
  const more = main.filter((one) => (one.total ?? 0) > one.items.length);
  const isPending = main.some((one) => one.isPending);
  return (
    <div className="stack home">
      <h1 className="visually-hidden">{t("app:menu.home")}</h1>
      <div className="home-scan">
        <ScanBox prompt={t("scan")} hint={t("scan_hint")} />
        {first && (
          <Button type="primary" onClick={() => void navigate({ to: targetOf(first) as never })}>
            {t(`act_on.${first.act}` as never, { number: first.number })}
          </Button>
        )}
      </div>
      <Counts work={work} />
      {failed?.problem && <ProblemPanel problem={failed.problem} onRetry={failed.retry} />}
      <div className="home-columns" data-beside={beside.some((one) => one.items.length > 0)}>
        <Panel title={t("my_work")} note={items.length > 0 && t("by_due", { count: items.length })} isFlush>
          {isPending && items.length === 0 && <Loading />}
          {items.length > 0 && <WorkTable items={items} />}
          {!isPending && items.length === 0 && (
            <Empty title={t(main.length ? "nothing_due" : "no_work")}>
              <p>{t(main.length ? "nothing_due_detail" : "no_work_detail")}</p>
            </Empty>
          )}
          {more.map(({ source, items: shown, total }) => (
            <p key={source.name} className="home-more">
              <Link to={source.page as never} search={source.search as never}>
                {t("more", { count: (total ?? 0) - shown.length, list: t(`count.${source.name}` as never) })}
              </Link>
            </p>
          ))}
        </Panel>
        {beside.some((one) => one.items.length > 0) && <Waiting work={beside} />}
      </div>
    </div>
  );
}

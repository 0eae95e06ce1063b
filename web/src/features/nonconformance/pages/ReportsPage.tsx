// Nonconformance reports: as a board by state, or as a list.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useMay } from "@/lib/me";
import { ReportBoard } from "../entities/Report/ReportBoard";
import { ReportForm, type Raised } from "../entities/Report/ReportForm";
import { ReportTable } from "../entities/Report/ReportTable";

interface Search {
  view?: string;
  raise?: string;
  lot?: string;
}

export function ReportsPage() {
  const { t } = useTranslation("nonconformance");
  const may = useMay();
  const navigate = useNavigate();
  const search: Search = useSearch({ strict: false });
  const go = (change: Search) =>
    void navigate({
      to: ".",
      search: ((before: Search) => ({ ...before, ...change })) as never,
      replace: true,
    });
  const view = search.view === "list" ? "list" : "board";
  const raise = search.raise === "escape" || search.raise === "report" ? search.raise : null;
  const actions = (
    <>
      <Segmented
        value={view}
        aria-label={t("view.title")}
        options={[
          { value: "board", label: t("view.board") },
          { value: "list", label: t("view.list") },
        ]}
        onChange={(chosen) => go({ view: chosen === "list" ? "list" : undefined })}
      />
      {may("nonconformance.report_escape") && (
        <Button onClick={() => go({ raise: "escape" })}>{t("raise.escape")}</Button>
      )}
      {may("nonconformance.open_report") && (
        <Button onClick={() => go({ raise: "report" })}>{t("raise.report")}</Button>
      )}
    </>
  );
  return (
    <>
      {view === "list" ? <ReportTable actions={actions} /> : <ReportBoard actions={actions} />}
      {raise && (
        <ReportForm
          way={raise satisfies Raised}
          lotId={search.lot}
          onClose={() => go({ raise: undefined, lot: undefined })}
        />
      )}
    </>
  );
}

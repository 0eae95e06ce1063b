// The decision tables that are in force, read only.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { day } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { Empty } from "@/ui/states";
import { useRuleName } from "../names";

type Rule = RowOf<"/api/v1/rules">;

export function RulesPage() {
  const { t } = useTranslation("rules");
  const ruleName = useRuleName();
  const columns: Column<Rule>[] = [
    {
      key: "name",
      title: t("table"),
      width: 360,
      render: (rule) => (
        <Link to={`/rules/${rule.code}` as never} className="code">
          {ruleName(rule.code)}
        </Link>
      ),
    },
    { key: "code", title: t("code"), width: 300, sort: "code", render: (rule) => rule.code },
    { key: "version", title: t("version"), width: 100, align: "right", render: (rule) => rule.version },
    { key: "since", title: t("valid_from"), width: 140, render: (rule) => day(rule.valid_from) },
  ];
  return <ListPage path="/api/v1/rules" title={t("title")} columns={columns} empty={<Empty title={t("none")} />} />;
}

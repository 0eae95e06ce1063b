import { useTranslation } from "react-i18next";
import { moment } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { quantity } from "@/lib/quantities";
import { ListPage, type Column } from "@/ui/frames/ListPage";
import { usePersonColumn } from "@/ui/Person";
import { Empty } from "@/ui/states";

type Refusal = RowOf<"/api/v1/gate-refusals">;

export function GateRefusalsPage() {
  const { t } = useTranslation("receiving");
  const person = usePersonColumn();
  const columns: Column<Refusal>[] = [
    { key: "number", title: t("refusal.number"), width: 150, sort: "number", render: (refused) => <span className="code">{refused.number}</span> },
    { key: "occurred_at", title: t("refusal.at"), width: 160, sort: "occurred_at", render: (refused) => moment(refused.occurred_at) },
    { key: "what", title: t("refusal.what"), width: 240, render: (refused) => refused.description },
    { key: "quantity", title: t("quantity"), width: 110, align: "right", render: (refused) => quantity(refused.quantity) },
    { key: "reason", title: t("refusal.reason"), width: 320, render: (refused) => refused.reason },
    { key: "delivery_note", title: t("delivery_note"), width: 160, render: (refused) => refused.delivery_note },
    person("refused", (row: Refusal) => row.refused_by),
  ];
  return <ListPage path="/api/v1/gate-refusals" title={t("gate_refusals")} columns={columns} defaultSort="-occurred_at" empty={<Empty title={t("refusal.none")} />} />;
}

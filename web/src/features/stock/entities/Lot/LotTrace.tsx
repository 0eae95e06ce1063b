// Where a lot went, or what it is made of, step by step, as a table.
import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/lib/client";
import { quantity } from "@/lib/quantities";
import { RecordLink } from "@/ui/RecordLink";
import { SimpleTable } from "@/ui/SimpleTable";
import { Shown } from "@/ui/states";

type Direction = Schemas["Direction"];
type Edge = Schemas["EdgeOut"];

export function LotTrace({ lotId }: { lotId: string }) {
  const { t } = useTranslation("stock");
  const { t: state } = useTranslation("states");
  const [direction, setDirection] = useState<Direction>("forward");
  const trace = api.useQuery("get", "/api/v1/lots/{lot_id}/trace", { params: { path: { lot_id: lotId }, query: { direction } } });
  return (
    <>
      <div className="part-tools">
        <Segmented<Direction>
          size="small"
          aria-label={t("trace.direction")}
          value={direction}
          onChange={setDirection}
          options={[
            { value: "forward", label: t("trace.forward") },
            { value: "backward", label: t("trace.backward") },
          ]}
        />
      </div>
      <Shown of={trace}>
        {({ edges }) => (
          <SimpleTable<Edge>
            label={t("parts.trace")}
            rows={edges}
            rowKey={(edge) => `${edge.depth}-${edge.source_id}-${edge.target_id ?? edge.reference_number}-${edge.kind}`}
            none={t(`trace.none_${direction}`)}
            columns={[
              { title: t("trace.step"), align: "right", render: (edge) => edge.depth + 1 },
              { title: t("trace.from"), render: (edge) => <RecordLink kind="stock.lot" id={edge.source_id} number={edge.source} /> },
              { title: t("trace.how"), render: (edge) => state(`EdgeKind.${edge.kind}`) },
              {
                title: t("trace.to"),
                render: (edge) => (edge.target ? <RecordLink kind="stock.lot" id={edge.target_id} number={edge.target} /> : <span className="code">{edge.reference_number}</span>),
              },
              { title: t("quantity"), align: "right", render: (edge) => quantity(edge.quantity) },
              { title: t("trace.sure"), render: (edge) => t(edge.is_assumed ? "trace.assumed" : "trace.recorded") },
            ]}
          />
        )}
      </Shown>
    </>
  );
}

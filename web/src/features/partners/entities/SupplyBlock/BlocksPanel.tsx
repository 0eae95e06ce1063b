// What may not be ordered from, or received from, a supplier; each is lifted with its own reason.
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { api, type Schemas } from "@/lib/client";
import { moment } from "@/lib/dates";
import { useMay } from "@/lib/me";
import { ActionButton, actionOf } from "@/ui/Actions";
import { Panel } from "@/ui/frames/RecordPage";
import { ByWhom } from "@/ui/Person";
import { SigningDialog } from "@/ui/SigningDialog";
import { SimpleTable } from "@/ui/SimpleTable";
import { Shown } from "@/ui/states";
import { StatusChip } from "@/ui/status/StatusChip";
import { BlockForm } from "./BlockForm";

type Partner = Schemas["PartnerOut"];
type Block = Schemas["SupplyBlockOut"];

export function BlocksPanel({ partner }: { partner: Partner }) {
  const { t } = useTranslation(["partners", "states", "ui"]);
  const may = useMay();
  const [isPlacing, setPlacing] = useState(false);
  const blocks = api.useQuery("get", "/api/v1/supply-blocks", { params: { query: { supplier_id: partner.id, sort: "-placed_at", limit: 100, with_total: true } } });
  const total = blocks.data?.total ?? 0;
  return (
    <Panel
      title={t("blocks")}
      note={blocks.data && t(total > blocks.data.items.length ? "ui:list.first_of" : "ui:list.count", { count: total, first: blocks.data.items.length })}
      end={may("partners.place_supply_block") && <Button onClick={() => setPlacing(true)}>{t("block.place")}</Button>}
      isFlush
    >
      <Shown of={blocks}>
        {({ items }) => (
          <SimpleTable<Block>
            label={t("blocks")}
            rows={items}
            rowKey={(row) => row.id}
            none={t("no_blocks")}
            columns={[
              { title: t("block.function"), render: (row) => t(`states:BlockedFunction.${row.blocked_function}`) },
              { title: t("material"), render: (row) => (row.material ? `${row.material} ${row.material_name ?? ""}` : t("every_material")) },
              { title: t("state"), render: (row) => <StatusChip of="SupplyBlockState" value={row.state} plain /> },
              { title: t("block.reason"), render: (row) => (row.lift_reason ? `${row.reason} → ${row.lift_reason}` : row.reason) },
              { title: t("block.placed"), render: (row) => <ByWhom at={moment(row.placed_at)} id={row.placed_by} /> },
              { title: t("block.lifted"), render: (row) => (row.lifted_at ? <ByWhom at={moment(row.lifted_at)} id={row.lifted_by} /> : "–") },
              { title: t("block.acts"), align: "right", render: (row) => row.state === "open" && <Lift block={row} /> },
            ]}
          />
        )}
      </Shown>
      {isPlacing && <BlockForm partner={partner} onClose={() => setPlacing(false)} />}
    </Panel>
  );
}

function Lift({ block }: { block: Block }) {
  const { t } = useTranslation(["partners", "states"]);
  const [isOpen, setOpen] = useState(false);
  const found = api.useQuery("get", "/api/v1/supply-blocks/{block_id}", { params: { path: { block_id: block.id } } });
  const lift = useAct("post", "/api/v1/supply-blocks/{block_id}/lift", { onDone: () => setOpen(false) });
  const action = actionOf(found.data?.allowed_actions ?? [], "lift");
  return (
    <>
      <ActionButton action={action} label={t("block.lift")} onClick={() => setOpen(true)} />
      <SigningDialog
        isOpen={isOpen}
        title={t("block.lift_title", { supplier: block.supplier })}
        what={t("block.lift_what", { supplier: block.supplier_name, what: t(`states:BlockedFunction.${block.blocked_function}`), reason: block.reason })}
        strength={action?.strength ?? "recorded"}
        reason="required"
        problem={lift.error}
        isSending={lift.isPending}
        onSign={({ reason }) => lift.mutate({ path: { block_id: block.id }, body: { reason } })}
        onCancel={() => {
          lift.reset();
          setOpen(false);
        }}
      />
    </>
  );
}

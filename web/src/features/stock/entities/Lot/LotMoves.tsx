import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/lib/client";
import { moment } from "@/lib/dates";
import { quantity } from "@/lib/quantities";
import { ByWhom } from "@/ui/Person";
import { SimpleTable } from "@/ui/SimpleTable";
import { Shown } from "@/ui/states";

type Move = Schemas["MoveOut"];

/** The latest moves of a lot, newest first. */
export function LotMoves({ lotId, unit }: { lotId: string; unit: string }) {
  const { t } = useTranslation("stock");
  const { t: state } = useTranslation("states");
  const moves = api.useQuery("get", "/api/v1/moves", { params: { query: { lot_id: lotId, sort: "-occurred_at", limit: 100 } } });
  return (
    <Shown of={moves}>
      {({ items }) => (
        <SimpleTable<Move>
          label={t("parts.moves")}
          rows={items}
          rowKey={(move) => move.id}
          none={t("no_moves")}
          columns={[
            { title: t("at"), render: (move) => <ByWhom at={moment(move.occurred_at)} id={move.actor_id} /> },
            { title: t("act_done"), render: (move) => state(`MoveKind.${move.kind}` as never) },
            { title: t("from"), render: (move) => move.from_place },
            { title: t("to"), render: (move) => move.to_place },
            { title: t("quantity_in", { unit }), align: "right", render: (move) => quantity(move.quantity) },
            { title: t("for"), render: (move) => move.reference_number || move.origin_document || "–" },
            { title: t("reason"), render: (move) => move.reason || "–" },
          ]}
        />
      )}
    </Shown>
  );
}

import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/lib/client";
import { quantity } from "@/lib/quantities";
import { SimpleTable } from "@/ui/SimpleTable";
import { Shown } from "@/ui/states";

type Reservation = Schemas["ReservationOut"];

/** For which orders a lot is kept. */
export function LotReservations({ lotId, unit }: { lotId: string; unit: string }) {
  const { t } = useTranslation("stock");
  const reservations = api.useQuery("get", "/api/v1/reservations", { params: { query: { lot_id: lotId, state: "open", limit: 100 } } });
  return (
    <Shown of={reservations}>
      {({ items }) => (
        <SimpleTable<Reservation>
          label={t("parts.reservations")}
          rows={items}
          rowKey={(row) => row.id}
          none={t("no_reservations")}
          columns={[
            { title: t("reservation"), render: (row) => <span className="code">{row.number}</span> },
            { title: t("for"), render: (row) => row.reference_number },
            { title: t("quantity_in", { unit }), align: "right", render: (row) => quantity(row.quantity) },
            { title: t("still_open"), align: "right", render: (row) => quantity(row.open_quantity) },
          ]}
        />
      )}
    </Shown>
  );
}

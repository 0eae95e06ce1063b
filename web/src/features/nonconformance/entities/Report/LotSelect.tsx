// Choosing a lot by number, supplier lot or material, and one of the places where it lies.
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { quantity } from "@/lib/quantities";
import { RecordSelect } from "@/ui/RecordSelect";

interface LotProps {
  id?: string;
  value?: string;
  onChange?: (id: string | null) => void;
  /** Only lots that quality had let through. */
  isUsable: boolean;
}

export function LotSelect({ id, value, onChange, isUsable }: LotProps) {
  const { t } = useTranslation(["nonconformance", "states"]);
  const chosen = api.useQuery("get", "/api/v1/lots/{lot_id}", { params: { path: { lot_id: value ?? "" } } }, { enabled: Boolean(value) });
  return (
    <RecordSelect
      id={id}
      path="/api/v1/lots"
      fixed={isUsable ? { status: "released", sort: "-number" } : { sort: "-number" }}
      label={t("raise.lot_hint")}
      text={(lot) =>
        [lot.number, `${lot.material_number} ${lot.material_name}`, `${quantity(lot.quantity)} ${lot.unit}`, t(`states:LotStatus.${lot.status}`)].join(" · ")
      }
      value={value}
      chosen={chosen.data?.lot.number}
      onChange={(next) => onChange?.(next)}
    />
  );
}

interface PlaceProps {
  id?: string;
  lotId: string;
  value?: string;
  onChange?: (place: string | undefined) => void;
}

/** The value is place and owner, as `place/owner`; needed for a part of a lot at several places. */
export function PlaceSelect({ id, lotId, value, onChange }: PlaceProps) {
  const { t } = useTranslation("nonconformance");
  const found = api.useQuery("get", "/api/v1/balances", { params: { query: { lot_id: lotId, limit: 100 } } }, { enabled: Boolean(lotId) });
  const places = (found.data?.items ?? []).filter((one) => Number(one.quantity) > 0);
  return (
    <Select
      id={id}
      allowClear
      popupMatchSelectWidth={false}
      disabled={places.length < 2}
      placeholder={places.length === 1 ? places[0]?.place : t("split.everywhere")}
      value={value}
      onChange={onChange}
      options={places.map((one) => ({ value: `${one.place_id}/${one.owner_id}`, label: `${one.place} · ${quantity(one.quantity)} ${one.unit}` }))}
    />
  );
}

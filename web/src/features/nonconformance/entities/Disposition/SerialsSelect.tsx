import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import type { Source } from "./split";

interface Props {
  id: string;
  source: Source;
  label: string;
  value: string[];
  onChange: (serials: string[]) => void;
}

/** The pieces of a serial-controlled lot, by number; pasted lists are taken apart. */
export function SerialsSelect({ id, source, label, value, onChange }: Props) {
  const { t } = useTranslation("nonconformance");
  const serials = api.useQuery("get", "/api/v1/serials", {
    params: { query: { lot_id: source.lotId, place_id: source.placeId ?? undefined, limit: 500 } },
  });
  return (
    <Select
      id={id}
      size="small"
      mode="multiple"
      className="split-serials"
      maxTagCount={2}
      tokenSeparators={[",", " ", "\n", "，"]}
      popupMatchSelectWidth={false}
      aria-label={label}
      placeholder={t("split.serials")}
      value={value}
      onChange={onChange}
      options={(serials.data?.items ?? []).map((serial) => ({ value: serial.number, label: serial.number }))}
    />
  );
}

import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { useRested } from "@/lib/size";

interface Props {
  label: string;
  value: string | null;
  onChange: (id: string | null) => void;
}

export function MaterialSelect({ label, value, onChange }: Props) {
  const { t } = useTranslation("nonconformance");
  const [typed, setTyped] = useState("");
  const search = useRested(typed, 250);
  const found = api.useQuery("get", "/api/v1/materials", {
    params: { query: { search, is_active: true, limit: 20, sort: "number" } },
  });
  return (
    <Select
      size="small"
      className="split-material"
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      popupMatchSelectWidth={false}
      aria-label={label}
      placeholder={label}
      notFoundContent={found.isPending ? t("searching") : t("nothing_found")}
      value={value ?? undefined}
      onChange={(id: string | undefined) => onChange(id ?? null)}
      options={(found.data?.items ?? []).map((material) => ({ value: material.id, label: `${material.number} ${material.name}` }))}
    />
  );
}

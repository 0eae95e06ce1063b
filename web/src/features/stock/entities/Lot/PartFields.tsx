// Which part of a lot: from which place, how much of it, and which serials.
import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/lib/client";
import { quantity } from "@/lib/quantities";
import type { Balance } from "../../queries";

interface Props {
  lotId: string;
  unit: string;
  balances: Balance[];
  /** Whether the act may also be about the whole lot. */
  mayBeWhole: boolean;
  onPick: (balance: Balance | undefined) => void;
}

export function PartFields({ lotId, unit, balances, mayBeWhole, onPick }: Props) {
  const { t } = useTranslation("stock");
  const picked = Form.useWatch("balance") as string | null | undefined;
  const balance = balances.find((one) => one.id === picked);
  const serials = api.useQuery(
    "get",
    "/api/v1/serials",
    { params: { query: { lot_id: lotId, place_id: balance?.place_id ?? "", limit: 500 } } },
    { enabled: Boolean(balance) },
  );
  const hasSerials = Boolean(serials.data?.items.length);
  return (
    <>
      <Form.Item name="balance" label={t("from_place")} rules={[{ required: !mayBeWhole }]}>
        <Select
          allowClear={mayBeWhole}
          placeholder={mayBeWhole ? t("whole_lot") : undefined}
          options={balances.map((one) => ({ value: one.id, label: t("place_free", { place: one.place, free: quantity(one.free), unit: one.unit, owner: one.owner }) }))}
          onChange={(id: string | undefined) => onPick(balances.find((one) => one.id === id))}
        />
      </Form.Item>
      {balance && (
        <Form.Item name="quantity" label={t("quantity")} rules={[{ required: true }]}>
          <Input inputMode="decimal" suffix={unit} />
        </Form.Item>
      )}
      {balance && hasSerials && (
        <Form.Item name="serials" label={t("serials")} rules={[{ required: true }]}>
          <Select mode="multiple" options={serials.data?.items.map((serial) => ({ value: serial.number, label: serial.number }))} />
        </Form.Item>
      )}
    </>
  );
}

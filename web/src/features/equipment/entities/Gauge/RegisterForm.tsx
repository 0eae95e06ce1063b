// Registering a gauge: out of service until its first calibration is recorded.
import { useNavigate } from "@tanstack/react-router";
import { Form, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { api } from "@/lib/client";
import { dropDraft } from "@/lib/drafts";
import { asDecimal } from "@/lib/quantities";
import { FormPanel } from "@/ui/frames/FormPanel";
import { typeName, useGaugeTypes } from "../../queries";
import { GaugeFields } from "./ChangeForm";

interface Values {
  site_id: string;
  gauge_type_id: string;
  unit_id?: string;
  name: string;
  serial_number?: string;
  resolution?: string;
  interval_days?: string;
}

const DRAFT = "gauge/new";

export function RegisterForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("equipment");
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const types = useGaugeTypes();
  const sites = api.useQuery("get", "/api/v1/sites", { params: { query: { limit: 100 } } });
  const units = api.useQuery("get", "/api/v1/units", { params: { query: { limit: 200 } } });
  const register = useAct("post", "/api/v1/gauges", {
    onDone: (gauge) => {
      dropDraft(DRAFT);
      void navigate({ to: `/gauges/${gauge.id}` as never });
    },
  });
  const onlySite = sites.data?.items.length === 1 ? sites.data.items[0]?.id : undefined;
  if (!types.data || !sites.data || !units.data) return null;
  return (
    <Modal open title={t("register.title")} footer={null} onCancel={onClose}>
      <p className="quiet">{t("register.what")}</p>
      <FormPanel<Values>
        draft={DRAFT}
        form={form}
        initial={{ site_id: onlySite, interval_days: "365" }}
        submit={t("register.submit")}
        problem={register.error}
        isSending={register.isPending}
        onSubmit={(values) =>
          register.mutate({
            body: {
              site_id: values.site_id,
              gauge_type_id: values.gauge_type_id,
              unit_id: values.unit_id ?? null,
              name: values.name,
              serial_number: values.serial_number ?? "",
              resolution: asDecimal(values.resolution ?? ""),
              interval_days: values.interval_days ? Number(asDecimal(values.interval_days)) : null,
            },
          })
        }
        onCancel={onClose}
      >
        <Form.Item name="gauge_type_id" label={t("type")} rules={[{ required: true }]}>
          <Select showSearch={{ optionFilterProp: "label" }} options={types.data.items.map((one) => ({ value: one.id, label: typeName(one) }))} />
        </Form.Item>
        <Form.Item name="site_id" label={t("site")} rules={[{ required: true }]}>
          <Select options={sites.data.items.map((one) => ({ value: one.id, label: `${one.code} ${one.name}` }))} />
        </Form.Item>
        <GaugeFields />
        <Form.Item name="unit_id" label={t("unit")} extra={t("register.unit_hint")}>
          <Select allowClear showSearch={{ optionFilterProp: "label" }} options={units.data.items.map((one) => ({ value: one.id, label: one.code }))} />
        </Form.Item>
      </FormPanel>
    </Modal>
  );
}

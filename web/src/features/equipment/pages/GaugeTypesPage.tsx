// Kinds of gauges, by which characteristics ask for one.
import { Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { dropDraft } from "@/lib/drafts";
import type { RowOf } from "@/lib/lists";
import { useMay } from "@/lib/me";
import { FormPanel } from "@/ui/frames/FormPanel";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { Empty } from "@/ui/states";

type Row = RowOf<"/api/v1/gauge-types">;

export function GaugeTypesPage() {
  const { t } = useTranslation("equipment");
  const may = useMay();
  const [open, setOpen] = useState<Row | "new" | null>(null);
  const columns: Column<Row>[] = [
    { key: "code", title: t("code"), width: 180, sort: "code", render: (row) => <span className="code">{row.code}</span> },
    { key: "name_zh", title: t("name_zh"), width: 260, sort: "name_zh", render: (row) => row.name_zh },
    { key: "name_en", title: t("name_en"), width: 260, sort: "name_en", render: (row) => row.name_en },
  ];
  if (may("equipment.change_gauge_type")) {
    columns.push({
      key: "rename",
      title: t("rename.column"),
      width: 120,
      render: (row) => (
        <Button type="link" size="small" onClick={() => setOpen(row)}>
          {t("rename.open")}
        </Button>
      ),
    });
  }
  return (
    <>
      <ListPage
        path="/api/v1/gauge-types"
        title={t("types")}
        columns={columns}
        empty={<Empty title={t("no_types")} />}
        actions={may("equipment.add_gauge_type") && <Button onClick={() => setOpen("new")}>{t("rename.add")}</Button>}
      />
      {open && <TypeForm type={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </>
  );
}

interface Values {
  code: string;
  name_en: string;
  name_zh: string;
}

function TypeForm({ type, onClose }: { type: Row | null; onClose: () => void }) {
  const { t } = useTranslation("equipment");
  const [form] = Form.useForm<Values>();
  const draft = `gauge-type/${type?.id ?? "new"}`;
  const options = {
    onDone: () => {
      dropDraft(draft);
      onClose();
    },
  };
  const add = useAct("post", "/api/v1/gauge-types", options);
  const change = useAct("patch", "/api/v1/gauge-types/{type_id}", options);
  const act = type ? change : add;
  return (
    <Modal open title={type ? t("rename.title", { code: type.code }) : t("rename.add")} footer={null} onCancel={onClose}>
      <FormPanel<Values>
        draft={draft}
        form={form}
        initial={{ code: type?.code ?? "", name_en: type?.name_en ?? "", name_zh: type?.name_zh ?? "" }}
        submit={t("rename.submit")}
        problem={act.error}
        isSending={act.isPending}
        onSubmit={({ code, name_en, name_zh }) =>
          type
            ? change.mutate({ path: { type_id: type.id }, version: type.version, body: { name_en, name_zh } })
            : add.mutate({ body: { code, name_en, name_zh } })
        }
        onCancel={onClose}
      >
        {!type && (
          <Form.Item name="code" label={t("code")} rules={[{ required: true, whitespace: true }]}>
            <Input maxLength={30} />
          </Form.Item>
        )}
        <Form.Item name="name_zh" label={t("name_zh")} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="name_en" label={t("name_en")} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={100} />
        </Form.Item>
      </FormPanel>
    </Modal>
  );
}

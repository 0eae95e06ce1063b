// Saved views of a list: one's own and those that others share.
import { BookOutlined, DeleteOutlined } from "@ant-design/icons";
import { Button, Checkbox, Dropdown, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { api } from "@/lib/client";
import { ProblemPanel } from "../Problem";
import type { ListState } from "./list-state";

interface NewView {
  name: string;
  is_shared: boolean;
}

export function Views({ list, state }: { list: string; state: ListState }) {
  const { t } = useTranslation("ui");
  const [isNaming, setNaming] = useState(false);
  const views = api.useQuery("get", "/api/v1/saved-views", {
    params: { query: { list_name: list, limit: 100 } },
  });
  const save = useAct("post", "/api/v1/saved-views", { onDone: () => setNaming(false) });
  const remove = useAct("delete", "/api/v1/saved-views/{view_id}");
  const items = (views.data?.items ?? []).map((view) => ({
    key: view.id,
    label: (
      <span className="row">
        {view.name}
        {view.is_shared && <span className="meta">{t("views.shared", { name: view.owner_name })}</span>}
        {view.is_own && (
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t("views.delete", { name: view.name })}
            onClick={(event) => {
              event.stopPropagation();
              remove.mutate({ params: { path: { view_id: view.id } } });
            }}
          />
        )}
      </span>
    ),
    onClick: () => state.apply(view.query as Record<string, string>),
  }));
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            ...items,
            ...(items.length ? [{ type: "divider" as const }] : []),
            { key: "save", label: t("views.save"), onClick: () => setNaming(true) },
          ],
        }}
      >
        <Button icon={<BookOutlined />}>{t("views.title")}</Button>
      </Dropdown>
      <Modal
        open={isNaming}
        title={t("views.save")}
        footer={null}
        destroyOnHidden
        onCancel={() => setNaming(false)}
      >
        <Form<NewView>
          layout="vertical"
          initialValues={{ name: "", is_shared: false }}
          onFinish={(values) => save.mutate({ body: { list_name: list, query: state.all, ...values } })}
        >
          <Form.Item name="name" label={t("views.name")} rules={[{ required: true, max: 60 }]}>
            <Input autoFocus />
          </Form.Item>
          <Form.Item name="is_shared" valuePropName="checked">
            <Checkbox>{t("views.share")}</Checkbox>
          </Form.Item>
          {save.error && <ProblemPanel problem={save.error} />}
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t("views.save_this")}
          </Button>
        </Form>
      </Modal>
    </>
  );
}

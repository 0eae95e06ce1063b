// Saved views of a list: one's own and those that others share.
import { BookOutlined, DeleteOutlined } from "@ant-design/icons";
import { Button, Checkbox, Dropdown, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/lib/acts";
import { api } from "@/lib/client";
import { useMe } from "@/lib/me";
import { ProblemPanel } from "../Problem";
import type { ListState } from "./list-state";

interface NewView {
  name: string;
  is_shared: boolean;
}

export function Views({ list, state }: { list: string; state: ListState }) {
  const { t } = useTranslation("ui");
  const me = useMe();
  const name = list.replace("/api/v1/", "");
  const [isNaming, setNaming] = useState(false);
  const views = api.useQuery("get", "/api/v1/saved-views", {
    params: { query: { list: name, limit: 100 } },
  });
  const save = useAct("post", "/api/v1/saved-views", { onDone: () => setNaming(false) });
  const remove = useAct("post", "/api/v1/saved-views/{view_id}/delete");
  const items = (views.data?.items ?? []).map((view) => ({
    key: view.id,
    label: (
      <span className="row">
        {view.name}
        {view.is_shared && <span className="meta">{t("views.shared", { name: view.owner_name })}</span>}
        {view.owner_id === me.data?.id && (
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t("views.delete", { name: view.name })}
            onClick={(event) => {
              event.stopPropagation();
              remove.mutate({ path: { view_id: view.id }, body: {} });
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
          onFinish={(values) => save.mutate({ body: { list: name, query: state.all, ...values } })}
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

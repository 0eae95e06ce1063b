// Where the person is signed in; other sessions can be ended from here.
import { Button, Table } from "antd";
import { useTranslation } from "react-i18next";
import { signInApi } from "@/lib/client";
import { fromNow, moment } from "@/lib/dates";
import { Panel } from "@/ui/frames/RecordPage";
import { Shown } from "@/ui/states";
import { browserOf } from "./browsers";

const PATH = "/_allauth/browser/v1/auth/sessions";

interface Session {
  id: number;
  is_current: boolean;
  user_agent: string;
  ip: string;
  created_at: number;
}

export function SessionsPanel() {
  const { t } = useTranslation("account");
  const sessions = signInApi.useQuery("get", PATH);
  const end = signInApi.useMutation("delete", PATH, { onSuccess: () => void sessions.refetch() });
  const others = (sessions.data?.data ?? []).filter((session) => !session.is_current);
  return (
    <Panel
      isFlush
      title={t("sessions.title")}
      end={
        others.length > 1 && (
          <Button loading={end.isPending} onClick={() => end.mutate({ body: { sessions: others.map((s) => s.id) } })}>
            {t("sessions.end_others", { count: others.length })}
          </Button>
        )
      }
    >
      <Shown of={sessions}>
        {({ data }) => (
          <Table<Session>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={[...data].sort((a, b) => Number(b.is_current) - Number(a.is_current) || b.created_at - a.created_at)}
            scroll={{ x: "max-content" }}
            columns={[
              {
                title: t("sessions.browser"),
                render: (_, session) => {
                  const { name, system } = browserOf(session.user_agent);
                  return <span title={session.user_agent}>{[name || t("sessions.unknown"), system].filter(Boolean).join(" · ")}</span>;
                },
              },
              { title: t("sessions.address"), dataIndex: "ip" },
              {
                title: t("sessions.since"),
                render: (_, session) => {
                  const at = new Date(session.created_at * 1000);
                  return <span title={moment(at)}>{fromNow(at)}</span>;
                },
              },
              {
                title: "",
                align: "right",
                render: (_, session) =>
                  session.is_current ? (
                    <span className="meta">{t("sessions.this_one")}</span>
                  ) : (
                    <Button size="small" onClick={() => end.mutate({ body: { sessions: [session.id] } })}>
                      {t("sessions.end")}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Shown>
    </Panel>
  );
}

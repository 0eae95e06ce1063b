// All tokens with which machines act: whose, what they may do, when they were last used.
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { day, fromNow, moment } from "@/lib/dates";
import type { RowOf } from "@/lib/lists";
import { useMay } from "@/lib/me";
import { ActionButton, actionOf } from "@/ui/Actions";
import { type Column, ListPage } from "@/ui/frames/ListPage";
import { RecordLink } from "@/ui/RecordLink";
import { Empty } from "@/ui/states";
import { RevokeToken } from "../entities/Token/RevokeToken";
import { TokenForm } from "../entities/Token/TokenForm";
import { TokenState } from "../entities/Token/TokenState";
import "../entities/access.css";

type Token = RowOf<"/api/v1/api-tokens">;

export function TokensPage() {
  const { t } = useTranslation("access");
  const may = useMay();
  const [isIssuing, setIssuing] = useState(false);
  const [revoked, setRevoked] = useState<Token | null>(null);
  const columns: Column<Token>[] = [
    { key: "name", title: t("token.name"), width: 220, sort: "name", render: (token) => <span className="code">{token.name}</span> },
    { key: "user", title: t("token.acts_for"), width: 170, render: (token) => <RecordLink kind="access.user" id={token.user_id} number={token.username} /> },
    { key: "state", title: t("token.state"), width: 130, render: (token) => <TokenState token={token} /> },
    { key: "operations", title: t("rights.title"), width: 130, align: "right", render: (token) => token.operations.length },
    { key: "expires", title: t("token.expires"), width: 130, render: (token) => (token.expires_at ? day(token.expires_at) : t("token.never")) },
    {
      key: "used",
      title: t("token.used"),
      width: 150,
      render: (token) => (token.used_at ? <span title={moment(token.used_at)}>{fromNow(token.used_at)}</span> : <span className="quiet">{t("token.unused")}</span>),
    },
    {
      key: "revoke",
      title: t("act"),
      width: 120,
      render: (token) =>
        token.revoked_at ? null : (
          <ActionButton size="small" action={actionOf(token.allowed_actions, "revoke")} label={t("token.revoke")} onClick={() => setRevoked(token)} />
        ),
    },
  ];
  return (
    <>
      <ListPage
        path="/api/v1/api-tokens"
        title={t("token.many")}
        columns={columns}
        filters={[
          {
            name: "is_open",
            label: t("token.state"),
            options: [
              { value: "true", label: t("token.not_revoked") },
              { value: "false", label: t("token.revoked") },
            ],
          },
        ]}
        empty={<Empty title={t("token.none")} />}
        actions={
          may("access.issue_token") && (
            <Button type="primary" onClick={() => setIssuing(true)}>
              {t("token.issue")}
            </Button>
          )
        }
      />
      {isIssuing && <TokenForm onClose={() => setIssuing(false)} />}
      {revoked && <RevokeToken token={revoked} onClose={() => setRevoked(null)} />}
    </>
  );
}

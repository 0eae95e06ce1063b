// The tokens that act in a user's name.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { day, fromNow, moment } from "@/lib/dates";
import { ActionButton, actionOf } from "@/ui/Actions";
import { Panel } from "@/ui/frames/RecordPage";
import { type Cell, SimpleTable } from "@/ui/SimpleTable";
import { Shown } from "@/ui/states";
import { type Token, useTokens } from "../../queries";
import { RevokeToken } from "./RevokeToken";
import { TokenState } from "./TokenState";

export function TokensPanel({ userId }: { userId: string }) {
  const { t } = useTranslation("access");
  const tokens = useTokens(userId);
  const [revoked, setRevoked] = useState<Token | null>(null);
  const columns: Cell<Token>[] = [
    { title: t("token.name"), render: (token) => <span className="code">{token.name}</span> },
    { title: t("token.state"), render: (token) => <TokenState token={token} /> },
    { title: t("rights.title"), align: "right", render: (token) => token.operations.length },
    { title: t("token.expires"), render: (token) => (token.expires_at ? day(token.expires_at) : t("token.never")) },
    {
      title: t("token.used"),
      render: (token) => (token.used_at ? <span title={moment(token.used_at)}>{fromNow(token.used_at)}</span> : t("token.unused")),
    },
    {
      title: t("act"),
      align: "right",
      render: (token) =>
        token.revoked_at ? null : (
          <ActionButton size="small" action={actionOf(token.allowed_actions, "revoke")} label={t("token.revoke")} onClick={() => setRevoked(token)} />
        ),
    },
  ];
  return (
    <Panel isFlush title={t("token.many")} note={tokens.data && t("count", { count: tokens.data.items.length })}>
      <Shown of={tokens}>
        {({ items }) => <SimpleTable label={t("token.many")} columns={columns} rows={items} rowKey={(token) => token.id} none={t("token.none")} />}
      </Shown>
      {revoked && <RevokeToken token={revoked} onClose={() => setRevoked(null)} />}
    </Panel>
  );
}

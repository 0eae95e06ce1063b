// The acts on a lot: those of everyday work in the open, the others in a menu. An act that a person's
// role does not have is not shown; one that the lot does not allow now says why.
import { DownOutlined } from "@ant-design/icons";
import { useNavigate } from "@tanstack/react-router";
import { Button, Dropdown, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/lib/client";
import { ActionButton, actionOf } from "@/ui/Actions";
import type { LotDetail } from "../../queries";
import { type Verb, VERBS } from "./verbs";

const IN_THE_OPEN: Verb[] = ["move", "split", "hold"];
const ELSEWHERE = ["issue", "count", "return_to_vendor"] as const;

interface Props {
  lot: LotDetail;
  onVerb: (verb: Verb) => void;
  onLabels: () => void;
}

export function LotActions({ lot: { lot, allowed_actions }, onVerb, onLabels }: Props) {
  const { t } = useTranslation("stock");
  const navigate = useNavigate();
  const offered = allowed_actions.filter((action) => action.refusal !== "access.not_permitted");
  const go = {
    issue: () => void navigate({ to: "/issue" as never, search: { lot: lot.id } as never }),
    count: () => void navigate({ to: "/count" as never, search: { lot: lot.id } as never }),
    put_away: () => void navigate({ to: "/move" as never, search: { lot: lot.id } as never }),
    return_to_vendor: () => void navigate({ to: "/supplier-returns/new" as never, search: { lot: lot.id } as never }),
  };
  const byScan = actionOf(offered, "move");
  const menu = [
    ...ELSEWHERE.map((verb) => ({ verb, run: go[verb] })),
    ...(Object.keys(VERBS) as Verb[]).filter((verb) => !IN_THE_OPEN.includes(verb)).map((verb) => ({ verb, run: () => onVerb(verb) })),
  ].flatMap(({ verb, run }) => {
    const action = actionOf(offered, verb);
    return action ? [{ key: verb, label: <MenuItem action={action} label={t(`verb.${verb}`)} />, onClick: action.is_allowed ? run : undefined }] : [];
  });
  const first = byScan ? [{ key: "put_away", label: <MenuItem action={byScan} label={t("verb.put_away")} />, onClick: byScan.is_allowed ? go.put_away : undefined }] : [];
  return (
    <>
      <ActionButton action={actionOf(offered, "print_labels")} label={t("verb.print_labels")} onClick={onLabels} />
      {IN_THE_OPEN.map((verb) => (
        <ActionButton key={verb} action={actionOf(offered, verb)} label={t(`verb.${verb}`)} onClick={() => onVerb(verb)} />
      ))}
      {first.length + menu.length > 0 && (
        <Dropdown trigger={["click"]} menu={{ items: [...first, ...menu] }}>
          <Button>
            {t("more")} <DownOutlined />
          </Button>
        </Dropdown>
      )}
    </>
  );
}

function MenuItem({ action, label }: { action: Schemas["AllowedAction"]; label: string }) {
  if (action.is_allowed) return <>{label}</>;
  const why = [action.sentence, action.remedy].filter(Boolean).join(" ");
  return (
    <Tooltip title={why} placement="left">
      <span aria-disabled="true" className="quiet menu-why">
        {label}
        <span className="meta">{action.sentence}</span>
      </span>
    </Tooltip>
  );
}

// Verdicts behind one button; those that are refused now say why.
import { DownOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { actionOf } from "@/ui/Actions";
import type { Inspection } from "../../queries";
import type { VerdictVerb } from "./useVerdicts";

interface Props {
  inspection: Inspection;
  verbs: readonly VerdictVerb[];
  label: string;
  /** A further verb, after the verdicts. */
  more?: { verb: string; label: string; onOpen: () => void };
  onOpen: (verb: VerdictVerb) => void;
}

export function VerdictMenu({ inspection, verbs, label, more, onOpen }: Props) {
  const { t } = useTranslation("inspections");
  const item = (verb: string, words: string, onClick: () => void) => {
    const allowed = actionOf(inspection.allowed_actions, verb);
    const why = allowed?.refusal === "access.not_permitted" ? [allowed.sentence] : [allowed?.sentence, allowed?.remedy];
    return {
      key: verb,
      disabled: !allowed?.is_allowed,
      label: (
        <span className="verdict-verb">
          {words}
          {!allowed?.is_allowed && <span className="meta">{why.filter(Boolean).join(" ")}</span>}
        </span>
      ),
      onClick,
    };
  };
  const items = verbs.map((verb) => item(verb, t(`verdict.${verb}.verb`), () => onOpen(verb)));
  if (more) items.push(item(more.verb, more.label, more.onOpen));
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button className="verdict-menu">
        {label} <DownOutlined />
      </Button>
    </Dropdown>
  );
}

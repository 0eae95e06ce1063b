// An attribute counted on the whole sample, where nobody notes which unit it was.
import { Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { actionOf } from "@/ui/Actions";
import type { Spec } from "../../grid/spec";
import { CountForm } from "../Inspection/CountForm";
import "../Inspection/inspection.css";
import type { Desk } from "./useDesk";

interface Props {
  desk: Desk;
  spec: Spec;
  name: string;
  isCorrection: boolean;
}

export function CountInstead({ desk, spec, name, isCorrection }: Props) {
  const { t } = useTranslation("inspections");
  const [isOpen, setOpen] = useState(false);
  const { inspection } = desk;
  if (!actionOf(inspection.allowed_actions, "count_characteristic")?.is_allowed) return <span>{t("grid.by_eye_short")}</span>;
  return (
    <>
      <button type="button" className="rd-gauge" onClick={() => setOpen(true)}>
        {t(isCorrection ? "grid.counted" : "grid.count_instead")}
      </button>
      <Modal open={isOpen} title={t("count.title_of", { name, count: spec.units })} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <CountForm
          inspection={inspection}
          characteristic={{ code: spec.code, name }}
          most={String(spec.units)}
          unit=""
          isCorrection={isCorrection}
          onDone={() => setOpen(false)}
          onCancel={() => setOpen(false)}
        />
      </Modal>
    </>
  );
}

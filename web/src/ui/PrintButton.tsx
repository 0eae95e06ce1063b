// Makes, or finds, the print of a record in the language shown, and opens it beside.
import { PrinterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/lib/client";
import { ProblemModal } from "./ProblemModal";

interface Props {
  label: string;
  isLoading: boolean;
  problem: Problem | null;
  onPrint: (language: "en" | "zh") => void;
  onDismiss: () => void;
}

export function PrintButton({ label, isLoading, problem, onPrint, onDismiss }: Props) {
  const { i18n } = useTranslation();
  return (
    <>
      <Button
        icon={<PrinterOutlined />}
        aria-label={label}
        title={label}
        loading={isLoading}
        onClick={() => onPrint(i18n.language === "en" ? "en" : "zh")}
      />
      <ProblemModal problem={problem} title={label} onClose={onDismiss} />
    </>
  );
}

// Puts a text on the clipboard and says that it did.
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

export function CopyButton({ text, label, icon }: { text: string; label: string; icon?: ReactNode }) {
  const { t } = useTranslation("ui");
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <Button icon={icon} onClick={() => void copy()} aria-live="polite">
      {isCopied ? t("copied") : label}
    </Button>
  );
}

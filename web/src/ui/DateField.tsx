// A day as text, in whatever usual way it is written; it becomes YYYY-MM-DD when the field is left.
import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asDay } from "@/lib/dates";

interface Props {
  id?: string;
  label?: string;
  value?: string;
  onChange?: (value: string) => void;
}

export function DateField({ id, label, value = "", onChange }: Props) {
  const { t } = useTranslation("ui");
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? value;
  const day = shown === "" ? "" : asDay(shown);
  const isWrong = day === null;
  const done = () => {
    if (day === null) return;
    setTyped(null);
    if (day !== value) onChange?.(day);
  };
  return (
    <Input
      id={id}
      className="date-field"
      aria-label={label}
      placeholder={t("date")}
      inputMode="numeric"
      status={isWrong ? "error" : undefined}
      aria-invalid={isWrong}
      value={shown}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={done}
      onPressEnter={done}
    />
  );
}

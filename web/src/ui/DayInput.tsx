// A day as text: typed in any usual way, kept as YYYY-MM-DD.
import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asDay } from "@/lib/dates";

interface Props {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
  "aria-label"?: string;
}

export function DayInput({ value, onChange, ...rest }: Props) {
  const { t } = useTranslation("ui");
  const [isLeft, setLeft] = useState(false);
  const isWrong = isLeft && Boolean(value) && !asDay(value ?? "");
  return (
    <Input
      {...rest}
      className="day-input"
      value={value}
      status={isWrong ? "error" : undefined}
      aria-invalid={isWrong}
      title={isWrong ? t("day.wrong") : undefined}
      placeholder={t("day.format")}
      maxLength={12}
      onChange={(event) => onChange?.(event.target.value)}
      onFocus={() => setLeft(false)}
      onBlur={(event) => {
        setLeft(true);
        onChange?.(asDay(event.target.value) ?? event.target.value);
      }}
    />
  );
}

/** A rule of a form's field: what is typed must be a day. */
export function useDayRule() {
  const { t } = useTranslation("ui");
  return {
    validator: (_: unknown, typed: string | undefined) =>
      !typed || asDay(typed) ? Promise.resolve() : Promise.reject(new Error(t("day.wrong"))),
  };
}

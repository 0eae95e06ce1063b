// A pad of large keys for a quantity on a tablet; the same keys on a keyboard go into the field.
import { useTranslation } from "react-i18next";
import "./number-pad.css";

interface Props {
  value: string;
  onChange: (value: string) => void;
  /** Keys beside the digits, such as "all that is due". */
  extra?: { label: string; onPress: () => void; isOff?: boolean }[];
}

const KEYS = ["7", "8", "9", "4", "5", "6", "1", "2", "3", "0", "."];

export function NumberPad({ value, onChange, extra = [] }: Props) {
  const { t } = useTranslation("ui");
  return (
    <div className="number-pad" role="group" aria-label={t("pad.title")}>
      <div className="number-pad-digits">
        {KEYS.map((key) => (
          <button key={key} type="button" onClick={() => onChange(value === "0" && key !== "." ? key : value + key)}>
            {key}
          </button>
        ))}
        <button type="button" aria-label={t("pad.back")} onClick={() => onChange(value.slice(0, -1))}>
          ⌫
        </button>
      </div>
      <div className="number-pad-extra">
        {extra.map(({ label, onPress, isOff }) => (
          <button key={label} type="button" disabled={isOff} onClick={onPress}>
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}

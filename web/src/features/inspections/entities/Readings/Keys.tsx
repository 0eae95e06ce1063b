import { memo } from "react";
import { useTranslation } from "react-i18next";

const SHORT = [
  ["Enter", "next"],
  ["↑ ↓ ← →", "move"],
  ["F8", "rest_ok"],
  ["Ctrl D", "fill_down"],
  ["F7", "ng"],
  ["?", "all"],
] as const;

const ALL = [
  ["Enter", "next"],
  ["Tab", "across"],
  ["↑ ↓ ← →", "move"],
  ["Home End", "ends"],
  ["Shift ↑ ↓ ← →", "choose"],
  ["F2", "edit"],
  ["F9 / Space", "ok"],
  ["F7", "ng"],
  ["F10", "na"],
  ["F8", "rest_ok"],
  ["F6", "photo"],
  ["Ctrl D", "fill_down"],
  ["Ctrl C", "copy"],
  ["Ctrl V", "paste"],
  ["Ctrl Z", "undo"],
  ["Esc", "cancel"],
  ["Ctrl Enter", "verdict"],
] as const;

export const Keys = memo(function Keys({ isWhole = false }: { isWhole?: boolean }) {
  const { t } = useTranslation("inspections");
  return (
    <dl className="rd-keys">
      {(isWhole ? ALL : SHORT).map(([key, act]) => (
        <div key={act}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{t(`keys.${act}`)}</dd>
        </div>
      ))}
    </dl>
  );
});

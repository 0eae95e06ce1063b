// What came of the last scan: by shape, word and colour, the moment it was read.
import { useTranslation } from "react-i18next";
import { type Seen, useSeenScans } from "@/lib/scan/scans";
import { Shape, type ShapeName } from "../Shape";
import "./scan.css";

const SHAPES: Record<Seen["state"], ShapeName> = {
  waiting: "st-awaiting",
  done: "st-released",
  refused: "st-alert",
};

export function LastScan() {
  const { t } = useTranslation("scan");
  const [last] = useSeenScans();
  if (!last) return null;
  const words = last.state === "waiting" ? t("read", { text: last.code.text }) : last.words;
  return (
    <span className="last-scan" data-state={last.state} role="status" key={last.id} title={[words, last.detail].join(" ")}>
      <Shape name={SHAPES[last.state]} />
      <span className="last-scan-words">
        <b className="cut">{words}</b>
        {last.detail && <span className="meta cut">{last.detail}</span>}
      </span>
    </span>
  );
}

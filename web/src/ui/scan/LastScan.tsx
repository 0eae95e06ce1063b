// What came of the last scan: by shape, word and colour, the moment it was read.
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Seen, useSeenScans } from "@/lib/scan/scans";
import { Shape, type ShapeName } from "../Shape";
import "./scan.css";

const PASSES_AFTER_MILLISECONDS = 8_000;
const SHAPES: Record<Seen["state"], ShapeName> = {
  waiting: "st-awaiting",
  done: "st-released",
  refused: "st-alert",
};

/** In the top bar it passes after a while; on a page that takes scans it stays. */
export function LastScan({ isPassing = false }: { isPassing?: boolean }) {
  const { t } = useTranslation("scan");
  const [last] = useSeenScans();
  const [passed, setPassed] = useState(0);
  const id = last?.id;
  useEffect(() => {
    if (!isPassing || id === undefined) return;
    const timer = setTimeout(() => setPassed(id), PASSES_AFTER_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [isPassing, id]);
  if (!last || (isPassing && passed === last.id)) return null;
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

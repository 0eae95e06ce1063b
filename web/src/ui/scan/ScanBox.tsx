// The large scan box of a page that takes scans: what to scan next, what came of the last one, the
// camera, and a field for a number that is typed. Scanners need no focus here; see lib/scan/wedge.
import { ScanOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { scans } from "@/lib/scan/scans";
import { LastScan } from "./LastScan";
import { ScanTools } from "./ScanTools";
import "./scan.css";

interface Props {
  /** The name of the page, where nothing else on it says so. */
  title?: string;
  /** What is to be scanned now: "Scan the next box, or the supplier's label". */
  prompt: string;
  /** What codes are understood here. */
  hint?: ReactNode;
}

export function ScanBox({ title, prompt, hint }: Props) {
  const { t } = useTranslation("scan");
  const [typed, setTyped] = useState("");
  return (
    <section className="scan-box" aria-label={prompt}>
      <ScanOutlined className="scan-mark" aria-hidden="true" />
      <div className="scan-prompt">
        {title && <h1 className="meta">{title}</h1>}
        <b aria-live="polite">{prompt}</b>
        {hint && <span className="meta">{hint}</span>}
      </div>
      <Input
        className="scan-typed"
        aria-label={t("type")}
        placeholder={t("type")}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={() => {
          if (typed.trim()) scans.take(typed.trim(), "typed");
          setTyped("");
        }}
      />
      <LastScan />
      <ScanTools hasWords />
    </section>
  );
}

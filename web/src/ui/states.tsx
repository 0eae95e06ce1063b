// The states every page can be in besides its content: empty, loading, refused, failed.
import { Spin } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/lib/acts";
import { ProblemPanel } from "./Problem";

/** Nothing is there: what comes next, and one way on. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state" role="status">
      <h3>{title}</h3>
      {children}
    </div>
  );
}

/** Nothing for 150 ms, so that a quick answer does not flicker. */
export function Loading() {
  const { t } = useTranslation("ui");
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="state" role="status" aria-busy="true">
      {isShown && <Spin aria-label={t("loading")} />}
      {isShown && <span>{t("loading")}</span>}
    </div>
  );
}

interface Answer<Data> {
  data: Data | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

/** The content of an answer once it is there; the refusal or failure otherwise. */
export function Shown<Data>({
  of,
  children,
}: {
  of: Answer<Data>;
  children: (data: Data) => ReactNode;
}) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.isPending) return <Loading />;
  return <ProblemPanel problem={asProblem(of.error)} onRetry={() => void of.refetch()} />;
}

// A refusal in four parts: what happened, to which object, why, and what to do now (a button).
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/lib/client";
import { Shape } from "./Shape";
import "./problem.css";

interface Props {
  problem: Problem;
  /** What was tried, as the heading: "Release lot L-0042". */
  title?: ReactNode;
  /** What can be done now; without it one may try again. */
  actions?: ReactNode;
  onRetry?: () => void;
}

export function ProblemPanel({ problem, title, actions, onRetry }: Props) {
  const { t } = useTranslation("ui");
  const isLost = problem.status === 0;
  const isBug = problem.status >= 500;
  const what = isLost ? t("problem.no_answer") : isBug ? t("problem.bug") : t("problem.refused");
  return (
    <section className="problem" role="alert" data-kind={isLost || isBug ? "failed" : "refused"}>
      <Shape name="st-alert" size={20} />
      <div className="problem-words">
        <h3>{title ?? what}</h3>
        <p>{isLost ? t("problem.no_answer_detail") : problem.detail}</p>
        <p className="problem-remedy">{isLost ? t("problem.no_answer_remedy") : problem.remedy}</p>
        <div className="row">
          {actions}
          {onRetry && <Button onClick={onRetry}>{t("problem.retry")}</Button>}
          <span className="meta">
            {problem.code}
            {problem.trace_id && ` · ${problem.trace_id.slice(0, 8)}`}
          </span>
        </div>
      </div>
    </section>
  );
}

/** The fields that a 422 names, by field, for the inputs of a form. */
export function fieldSentences(problem: Problem | null): Record<string, string> {
  const fields = (problem?.data.fields ?? []) as { field: string; sentence: string }[];
  return Object.fromEntries(fields.map((f) => [f.field, f.sentence]));
}

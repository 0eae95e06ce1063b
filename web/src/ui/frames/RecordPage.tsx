// The record frame: title block, then the work on the left and the timeline on the right.
import type { ReactNode } from "react";
import { TitleBlock, type Field } from "../TitleBlock";
import { Timeline } from "../Timeline";
import "./record.css";

interface Props {
  /** Kind and id of the record, for its timeline. */
  record: { kind: string; id: string };
  kind: string;
  number: string;
  status?: ReactNode;
  fields: Field[];
  /** The one primary action and the others. */
  actions?: ReactNode;
  /** Where the goods are on their way, when they have one. */
  flow?: ReactNode;
  /** Whether files can be attached to records of this kind. */
  hasFiles?: boolean;
  children: ReactNode;
}

export function RecordPage({ record, kind, number, status, fields, actions, flow, hasFiles = true, children }: Props) {
  return (
    <article className="stack" aria-label={`${kind} ${number}`}>
      <TitleBlock kind={kind} number={number} status={status} fields={fields} actions={actions} />
      {flow}
      <div className="record">
        <div className="stack">{children}</div>
        <Timeline kind={record.kind} id={record.id} hasFiles={hasFiles} />
      </div>
    </article>
  );
}

/** One panel of a record's work. */
export function Panel({
  title,
  note,
  end,
  children,
  isFlush = false,
}: {
  title: string;
  note?: ReactNode;
  end?: ReactNode;
  children: ReactNode;
  /** Tables touch the edges of their panel. */
  isFlush?: boolean;
}) {
  return (
    <section className="panel" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {note && <span className="meta">{note}</span>}
        {end && <div className="end">{end}</div>}
      </header>
      <div className={isFlush ? "" : "body"}>{children}</div>
    </section>
  );
}

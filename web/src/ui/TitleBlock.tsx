// The ruled strip at the head of every record: small label above, value below; actions right.
import type { ReactNode } from "react";
import "./title-block.css";

export interface Field {
  label: string;
  value: ReactNode;
}

interface Props {
  kind: string;
  number: ReactNode;
  status?: ReactNode;
  fields: Field[];
  actions?: ReactNode;
}

export function TitleBlock({ kind, number, status, fields, actions }: Props) {
  return (
    <header className="title-block">
      <div className="title-block-identity">
        <div>
          <p className="meta">{kind}</p>
          <h1>{number}</h1>
        </div>
        {status}
      </div>
      <dl>
        {fields.map((field) => (
          <div key={field.label}>
            <dt className="meta">{field.label}</dt>
            <dd>{field.value}</dd>
          </div>
        ))}
      </dl>
      {actions && <div className="title-block-actions">{actions}</div>}
    </header>
  );
}

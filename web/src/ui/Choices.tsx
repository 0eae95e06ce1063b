// One of several ways to go on, each with what follows from it.
import { Radio } from "antd";
import type { ReactNode } from "react";
import "./choices.css";

export interface Choice<V extends string> {
  value: V;
  label: ReactNode;
  /** What happens then, said before it happens. */
  consequence: ReactNode;
}

interface Props<V extends string> {
  label: string;
  /** The question above the choices, where the page does not ask it already. */
  title?: string;
  options: Choice<V>[];
  value: V | undefined;
  onChange: (value: V) => void;
}

export function Choices<V extends string>({ label, title, options, value, onChange }: Props<V>) {
  return (
    <Radio.Group className="choices" aria-label={label} value={value} onChange={(event) => onChange(event.target.value as V)}>
      {title && <p className="meta">{title}</p>}
      {options.map((option) => (
        <Radio key={option.value} value={option.value}>
          <span className="choice">
            <b>{option.label}</b>
            <span className="meta">{option.consequence}</span>
          </span>
        </Radio>
      ))}
    </Radio.Group>
  );
}

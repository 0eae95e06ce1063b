import { Link } from "@tanstack/react-router";
import { pathOf } from "@/lib/records";

/** A human number as the link to its record's page. */
export function RecordLink({ kind, id, number }: { kind: string; id: string | null; number: string }) {
  const path = id ? pathOf(kind, id) : null;
  if (!path) return <span className="code">{number}</span>;
  return (
    <Link to={path as never} className="code">
      {number}
    </Link>
  );
}

/** A quantity with its unit, smaller beside it. */
export function Amount({ value, unit }: { value: string; unit?: string | null }) {
  return (
    <span>
      {value}
      {unit && <span className="unit">{unit}</span>}
    </span>
  );
}

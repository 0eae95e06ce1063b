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

/** A number as the link to its record, with what it is called beside it. */
export function Named({ kind, id, number, name }: { kind: string; id: string | null; number: string | null; name: string | null | undefined }) {
  return (
    <>
      <RecordLink kind={kind} id={id} number={number ?? ""} /> {name}
    </>
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

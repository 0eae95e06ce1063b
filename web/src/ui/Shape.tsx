// A drawn shape of shapes.svg: the first of shape, word and colour.
import sheet from "./shapes.svg?raw";

export type ShapeName =
  | "st-awaiting"
  | "st-released"
  | "st-restricted"
  | "st-blocked"
  | "st-rework"
  | "st-scrapped"
  | "st-returned"
  | "st-hold"
  | "st-alert"
  | "rd-in"
  | "rd-near"
  | "rd-out"
  | "mark";

export function Shape({ name, size = 16 }: { name: ShapeName; size?: number }) {
  return (
    <svg className="shape" width={size} height={size} aria-hidden="true" focusable="false">
      <use href={`#${name}`} />
    </svg>
  );
}

/** The drawings themselves, once in the page: shapes of another file take no colours from it. */
export function ShapeSheet() {
  return <div hidden dangerouslySetInnerHTML={{ __html: sheet }} />;
}

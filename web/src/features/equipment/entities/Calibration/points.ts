// Points of a calibration: what is typed, the error that follows, and what they say of pass and fail.
import type { Schemas } from "@/lib/client";
import { asDecimal, compare, minus } from "@/lib/quantities";

export interface TypedPoint {
  reference?: string;
  as_found?: string;
  as_left?: string;
  max_error?: string;
}

/** How far the gauge is off at a point; null until both values are there. */
export function errorOf(reference: string | undefined, shown: string | undefined): string | null {
  const [standard, value] = [asDecimal(reference ?? ""), asDecimal(shown ?? "")];
  return standard === null || value === null ? null : minus(value, standard);
}

/** Whether an error is more than is permissible; null where no limit is typed. */
export function isOff(error: string | null, most: string | undefined): boolean | null {
  const limit = asDecimal(most ?? "");
  if (error === null || limit === null) return null;
  return compare(error.replace(/^-/, ""), limit) > 0;
}

/** What the points say; null while no point has a permissible error to be compared with. */
export function resultsOf(points: TypedPoint[]): { as_found: Schemas["CalibrationResult"]; as_left: Schemas["CalibrationResult"] } | null {
  const judged = points.map((point) => ({
    found: isOff(errorOf(point.reference, point.as_found), point.max_error),
    left: isOff(errorOf(point.reference, point.as_left || point.as_found), point.max_error),
  }));
  if (!judged.some((one) => one.found !== null)) return null;
  return {
    as_found: judged.some((one) => one.found) ? "fail" : "pass",
    as_left: judged.some((one) => one.left) ? "fail" : "pass",
  };
}

/** As the API takes them; rows without a reference and a value are left out. */
export function pointsOf(points: TypedPoint[]): Schemas["PointIn"][] {
  return points.flatMap(({ reference, as_found, as_left, max_error }) => {
    const [standard, found] = [asDecimal(reference ?? ""), asDecimal(as_found ?? "")];
    if (standard === null || found === null) return [];
    return [{ reference: standard, as_found: found, as_left: asDecimal(as_left ?? ""), max_error: asDecimal(max_error ?? "") }];
  });
}

// One shape and one ground for each value of each status; its word is in the catalogue `states`.
import type { ShapeName } from "../Shape";

export interface Look {
  shape: ShapeName;
  tone: "awaiting" | "released" | "restricted" | "blocked" | "rework" | "scrapped" | "hold";
}

const AWAITING: Look = { shape: "st-awaiting", tone: "awaiting" };
const RELEASED: Look = { shape: "st-released", tone: "released" };
const RESTRICTED: Look = { shape: "st-restricted", tone: "restricted" };
const BLOCKED: Look = { shape: "st-blocked", tone: "blocked" };
const REWORK: Look = { shape: "st-rework", tone: "rework" };
const OVER: Look = { shape: "st-scrapped", tone: "scrapped" };
const RETURNED: Look = { shape: "st-returned", tone: "scrapped" };
const HOLD: Look = { shape: "st-hold", tone: "hold" };
const ALERT: Look = { shape: "st-alert", tone: "blocked" };

/** By name of the generated enum, then by value. */
export const STATUSES = {
  LotStatus: {
    awaiting_inspection: AWAITING,
    released: RELEASED,
    restricted: RESTRICTED,
    blocked: BLOCKED,
  },
  InspectionState: {
    open: AWAITING,
    accepted: RELEASED,
    not_accepted: BLOCKED,
    judged: RESTRICTED,
    cancelled: OVER,
  },
  OrderState: { draft: AWAITING, confirmed: RELEASED, closed: OVER, cancelled: OVER },
  ReportState: { open: ALERT, disposed: REWORK, closed: OVER },
  DispositionState: { decided: REWORK, done: RELEASED, cancelled: OVER },
  DispositionKind: {
    use_as_is: RESTRICTED,
    sort: REWORK,
    rework: REWORK,
    repair: REWORK,
    scrap: OVER,
    return_to_vendor: RETURNED,
    regrade: RESTRICTED,
  },
  ConcessionState: { approved: AWAITING, in_force: RESTRICTED, ended: OVER },
  UrgentReleaseState: { requested: AWAITING, approved: RESTRICTED, refused: BLOCKED, ended: OVER },
  SampleStatus: { open: AWAITING, acceptable: RELEASED, rejected: BLOCKED },
  SamplingStatus: {
    normal: RELEASED,
    tightened: RESTRICTED,
    reduced: RELEASED,
    skip: RELEASED,
    discontinued: BLOCKED,
  },
  GaugeState: { in_service: RELEASED, out_of_service: HOLD, retired: OVER },
  CalibrationResult: { pass: RELEASED, fail: BLOCKED },
  PlanState: { draft: AWAITING, valid: RELEASED, ended: OVER },
  SpecificationState: { draft: AWAITING, valid: RELEASED, ended: OVER },
  SupplyBlockState: { open: BLOCKED, lifted: OVER },
  HoldState: { open: HOLD, lifted: OVER },
  ArrivalLineKind: {
    received: RELEASED,
    surplus: HOLD,
    wrong_material: HOLD,
    unordered: HOLD,
  },
  CheckResult: { holds: RELEASED, violated: BLOCKED },
  AccountState: { active: RELEASED, deactivated: OVER },
  TokenState: { valid: RELEASED, expired: OVER, revoked: BLOCKED },
  CheckRunState: { waiting: AWAITING, running: REWORK, finished: RELEASED, failed: BLOCKED },
} as const satisfies Record<string, Record<string, Look>>;

export type StatusName = keyof typeof STATUSES;

"""Decisions of equipment on plain values; each returns its refusals, the first one first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from zhiliu.contexts.equipment.errors import (
    BadDueDate,
    CalibrationNeeded,
    ContradictsPoint,
    DueDateMissing,
    GaugeOutOfService,
    GaugeOverdue,
    GaugeWrongType,
    NotInState,
    PerformedLater,
    ReasonMissing,
    TooEarly,
)
from zhiliu.contexts.equipment.states import GAUGE, CalibrationResult, GaugeState
from zhiliu.kernel.refusal import Refusal

LONGEST_DAYS = 18_263  # 50 years: a later due date is a slip of the keyboard


@dataclass(frozen=True)
class LifeFacts:
    """What the lifecycle of a gauge asks; `time_zone` is its site's."""

    number: str
    state: str
    state_since: datetime
    registered_at: datetime
    calibrated_at: datetime | None
    due_date: date | None
    time_zone: str


@dataclass(frozen=True)
class GaugeFacts:
    """A gauge at the time `at` for which it was asked, locked against a change of its state.

    `version` is its version now, for the record that used it. `due_date` is that of the calibration
    which held at `at`, None when there was none or it failed.
    """

    id: UUID
    version: int
    number: str
    type_id: UUID
    type_code: str
    state: str
    state_since: datetime
    due_date: date | None
    time_zone: str
    at: datetime


@dataclass(frozen=True)
class Point:
    """One point of a calibration, all values in its unit.

    `reference` is the value of the standard, `max_error` the maximum permissible error of the gauge
    there (JCGM 200:2012, VIM 4.26). Without `as_left` nothing was adjusted: it is as found.
    """

    reference: Decimal
    as_found: Decimal
    as_left: Decimal | None = None
    max_error: Decimal | None = None


def local_day(at: datetime, time_zone: str) -> date:
    """The date that the calendar on the site's wall shows."""
    return at.astimezone(ZoneInfo(time_zone)).date()


def is_overdue(due_date: date | None, time_zone: str, at: datetime) -> bool:
    """True after the end of the due date, the last day of validity at the site."""
    return due_date is not None and local_day(at, time_zone) > due_date


def can(verb: str, facts: LifeFacts, *, at: datetime, reason: str | None = None) -> list[Refusal]:
    """Whether `verb` may happen to a gauge at `at`; without `reason` whatever the reason."""
    found: list[Refusal] = []
    if not GAUGE.allows(verb, facts.state):
        found.append(NotInState(facts.number, facts.state, verb))
    if at < facts.state_since:
        found.append(TooEarly(facts.number, at, facts.state_since))
    if verb == "put_in_service":
        found += _check_calibrated(facts, at)
    elif reason is not None and not reason.strip():
        found.append(ReasonMissing(facts.number))
    return found


def _check_calibrated(facts: LifeFacts, at: datetime) -> list[Refusal]:
    """A good calibration since the gauge went out; before the first service an older one will do,
    such as its maker's."""
    is_new = facts.state_since == facts.registered_at
    if (
        facts.due_date is None
        or facts.calibrated_at is None
        or not (is_new or facts.calibrated_at >= facts.state_since)
    ):
        return [CalibrationNeeded(facts.number)]
    if is_overdue(facts.due_date, facts.time_zone, at):
        return [GaugeOverdue(facts.number, facts.due_date)]
    return []


def can_change(number: str, state: str) -> list[Refusal]:
    """A retired gauge stays as it was."""
    return [NotInState(number, state, "change")] if state == GaugeState.RETIRED else []


def can_calibrate(facts: LifeFacts, performed_at: datetime, at: datetime) -> list[Refusal]:
    """A calibration of a gauge that is not retired, recorded in the order of performing."""
    found: list[Refusal] = []
    if facts.state == GaugeState.RETIRED:
        found.append(NotInState(facts.number, facts.state, "calibrate"))
    if performed_at > at:
        found.append(PerformedLater(performed_at))
    if facts.calibrated_at is not None and performed_at <= facts.calibrated_at:
        found.append(TooEarly(facts.number, performed_at, facts.calibrated_at))
    return found


def can_use(facts: GaugeFacts, needed_type: str | None) -> list[Refusal]:
    """Whether a gauge may measure at `facts.at` where a type (its code) is asked for, or None.

    It must be in service now, without a break since `at`, and within the due date that held at
    `at`: what is recorded late may use only what was usable both then and now.
    """
    found: list[Refusal] = []
    if needed_type is not None and facts.type_code != needed_type:
        found.append(GaugeWrongType(facts.number, facts.type_code, needed_type))
    if facts.state != GaugeState.IN_SERVICE or facts.at < facts.state_since or not facts.due_date:
        found.append(GaugeOutOfService(facts.number, facts.state, facts.state_since))
    elif is_overdue(facts.due_date, facts.time_zone, facts.at):
        found.append(GaugeOverdue(facts.number, facts.due_date))
    return found


def check_points(
    points: Sequence[Point], as_found: CalibrationResult, as_left: CalibrationResult
) -> list[Refusal]:
    """ContradictsPoint for each passed point whose error is more than permissible."""
    found: list[Refusal] = []
    for point in points:
        left = point.as_found if point.as_left is None else point.as_left
        for when, result, value in (
            ("as found", as_found, point.as_found),
            ("as left", as_left, left),
        ):
            error = value - point.reference
            if result == CalibrationResult.PASS and (
                point.max_error is not None and abs(error) > point.max_error
            ):
                found.append(ContradictsPoint(when, point.reference, error, point.max_error))
    return found


@dataclass(frozen=True)
class Due:
    """The due date of a calibration, or why there can be none."""

    date: date | None
    refusals: tuple[Refusal, ...] = ()


def due_date_of(
    number: str,
    *,
    day: date,
    as_left: CalibrationResult,
    interval_days: int | None,
    given: date | None,
) -> Due:
    """The last day of validity of a calibration performed on `day`: as given, else after the
    interval. One that failed as left has none."""
    if as_left == CalibrationResult.FAIL:
        return Due(None, () if given is None else (BadDueDate(given),))
    if given is None and interval_days is None:
        return Due(None, (DueDateMissing(number),))
    due = day + timedelta(days=interval_days or 0) if given is None else given
    if not timedelta(0) <= due - day <= timedelta(days=LONGEST_DAYS):
        return Due(None, (BadDueDate(due),))
    return Due(due)

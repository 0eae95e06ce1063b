"""Calibrations: what a gauge was found to be worth, and what follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhiliu.contexts.catalog.public import get_unit
from zhiliu.contexts.equipment import rules
from zhiliu.contexts.equipment.errors import UnitMissing
from zhiliu.contexts.equipment.events import CalibrationFailed, GaugeCalibrated
from zhiliu.contexts.equipment.models import Calibration, CalibrationPoint, Gauge
from zhiliu.contexts.equipment.permissions import access_gauge
from zhiliu.contexts.equipment.queries import life_facts
from zhiliu.contexts.equipment.states import CalibrationResult, GaugeState
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import flush, record_appended, record_changed
from zhiliu.platform.numbering.public import take_numbers
from zhiliu.platform.outbox.public import record_event

CALIBRATION_RANGE = "equipment.calibration"


@dataclass(frozen=True)
class CalibrationIn:
    """What was found. Left out: performed at the time of the act, by the actor, due after the
    gauge's interval, values in the gauge's unit."""

    as_found: CalibrationResult
    as_left: CalibrationResult
    performed_at: datetime | None = None
    performed_by: str = ""
    certificate_number: str = ""
    due_date: date | None = None
    unit_id: UUID | None = None
    points: Sequence[rules.Point] = ()
    remark: str = ""


def record_calibration(
    *, gauge_id: UUID, calibration: CalibrationIn, command: Command, at: datetime
) -> Calibration:
    """Record a calibration of a gauge; calibrations are recorded in the order of performing.

    One that fails as left takes the gauge out of service; a good one sets the due date and does not
    put a gauge back that is out of service. One that fails as found casts doubt on what was
    measured since the last good one. Raises NotFound, NotInState, PerformedLater, TooEarly,
    ContradictsPoint, UnitMissing, DueDateMissing, BadDueDate; emits GaugeCalibrated,
    CalibrationFailed.
    """
    flush()
    gauge = access_gauge(gauge_id, command)
    row = calibrated(gauge, calibration, command, at)
    record_changed(gauge, command, **consequences(gauge, row, command))
    record_calibrated(gauge, row, command, at)
    return row


def calibrated(gauge: Gauge, given: CalibrationIn, command: Command, at: datetime) -> Calibration:
    """A checked calibration with its points, not yet recorded; refusals as `record_calibration`."""
    performed_at = given.performed_at or at
    due = rules.due_date_of(
        gauge.number,
        day=rules.local_day(performed_at, gauge.site.time_zone),
        as_left=given.as_left,
        interval_days=gauge.interval_days,
        given=given.due_date,
    )
    for refusal in (
        *rules.can_calibrate(life_facts(gauge), performed_at, at),
        *rules.check_points(given.points, given.as_found, given.as_left),
        *due.refusals,
    ):
        raise refusal
    unit = gauge.unit if given.unit_id is None else get_unit(given.unit_id)
    if given.points and unit is None:
        raise UnitMissing()
    (number,) = take_numbers(company_id=gauge.company_id, kind=CALIBRATION_RANGE)
    row = Calibration(
        number=number,
        company_id=gauge.company_id,
        gauge=gauge,
        performed_at=performed_at,
        performed_by=given.performed_by or command.actor.name,
        certificate_number=given.certificate_number,
        as_found=given.as_found,
        as_left=given.as_left,
        unit=unit,
        due_date=due.date,
        remark=given.remark,
        since=_in_doubt_since(gauge, given.as_found),
        recorded_by=command.actor.id,
        command_id=command.id,
        occurred_at=at,
    )
    row.points = [
        CalibrationPoint(
            calibration=row,
            ordinal=n,
            reference=point.reference,
            as_found=point.as_found,
            as_left=point.as_left,
            max_error=point.max_error,
        )
        for n, point in enumerate(given.points, 1)
    ]
    return row


def _in_doubt_since(gauge: Gauge, as_found: CalibrationResult) -> datetime | None:
    return None if as_found == CalibrationResult.PASS else gauge.last_good_at or gauge.registered_at


def consequences(gauge: Gauge, row: Calibration, command: Command) -> dict[str, Any]:
    """What a calibration makes of its gauge.

    Found bad and adjusted, a gauge is in service only since then: a reading recorded later that
    claims an earlier time would escape the search for readings in doubt.
    """
    values: dict[str, Any] = {"calibrated_at": row.performed_at, "due_date": row.due_date}
    if CalibrationResult.PASS in (row.as_found, row.as_left):
        values["last_good_at"] = row.performed_at
    if gauge.state == GaugeState.IN_SERVICE and CalibrationResult.FAIL in (
        row.as_found,
        row.as_left,
    ):
        values |= {
            "state_since": max(row.performed_at, gauge.state_since),
            "state_by": command.actor.id,
            "state_reason": row.number,
        }
        if row.as_left == CalibrationResult.FAIL:
            values["state"] = GaugeState.OUT_OF_SERVICE
    return values


def record_calibrated(gauge: Gauge, row: Calibration, command: Command, at: datetime) -> None:
    """Record a calibration with its points and say so, after the gauge was recorded."""
    record_appended(row)
    for point in row.points:
        record_appended(point)
    record_event(
        GaugeCalibrated(
            *about(gauge),
            calibration_id=row.pk,
            calibration=row.number,
            performed_at=row.performed_at,
            as_found=str(row.as_found),
            as_left=str(row.as_left),
            due_date=row.due_date,
        ),
        command,
        at,
    )
    if row.since is not None:
        record_event(
            CalibrationFailed(
                *about(gauge),
                gauge_id=gauge.pk,
                calibration_id=row.pk,
                calibration=row.number,
                since=row.since,
                until=row.performed_at if row.as_left == CalibrationResult.PASS else None,
            ),
            command,
            at,
        )


def about(gauge: Gauge) -> tuple[Reference, UUID, UUID]:
    """Subject, company and site of an event of a gauge, at its version now."""
    subject = Reference(Gauge.kind, gauge.pk, gauge.number, gauge.version)
    return subject, gauge.company_id, gauge.site_id

"""Gauges from registration to retirement."""

from datetime import datetime
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from zhiliu.contexts.catalog.errors import NotFound
from zhiliu.contexts.catalog.public import get_site, get_unit, is_permitted
from zhiliu.contexts.equipment import rules
from zhiliu.contexts.equipment.errors import AlreadyExists, UnitMissing
from zhiliu.contexts.equipment.events import (
    GaugeChanged,
    GaugePutInService,
    GaugeRegistered,
    GaugeRetired,
    GaugeTakenOutOfService,
)
from zhiliu.contexts.equipment.models import Gauge
from zhiliu.contexts.equipment.operations.calibrations import (
    CalibrationIn,
    about,
    calibrated,
    consequences,
    record_calibrated,
)
from zhiliu.contexts.equipment.permissions import access_gauge
from zhiliu.contexts.equipment.queries import get_gauge_type, life_facts
from zhiliu.contexts.equipment.states import GAUGE, GaugeState
from zhiliu.kernel.actor import Scope
from zhiliu.kernel.command import Command
from zhiliu.platform.commands.http import same_version
from zhiliu.platform.evidence.public import flush, record_changed, record_created
from zhiliu.platform.numbering.public import take_numbers
from zhiliu.platform.outbox.public import record_event

GAUGE_RANGE = "equipment.gauge"


class GaugeChanges(TypedDict, total=False):
    """What may change in a gauge; what is left out stays. A new interval holds from the next
    calibration on."""

    name: str
    serial_number: str
    resolution: Decimal | None
    interval_days: int | None


def register_gauge(
    *,
    site_id: UUID,
    gauge_type_id: UUID,
    name: str,
    serial_number: str = "",
    unit_id: UUID | None = None,
    resolution: Decimal | None = None,
    interval_days: int | None = None,
    calibration: CalibrationIn | None = None,
    command: Command,
    at: datetime,
) -> Gauge:
    """Register a gauge at a site; with a calibration that it passes as left it is in service.

    `resolution` is in the gauge's unit. Raises NotFound, AlreadyExists, UnitMissing and what
    `record_calibration` refuses; emits GaugeRegistered, GaugeCalibrated, CalibrationFailed.
    """
    site = get_site(site_id)
    if not is_permitted(command, Scope(company_id=site.company_id, site_id=site.pk), "equipment"):
        raise NotFound("site", str(site_id))
    gauge_type = get_gauge_type(gauge_type_id)
    if resolution is not None and unit_id is None:
        raise UnitMissing()
    (number,) = take_numbers(company_id=site.company_id, kind=GAUGE_RANGE)
    gauge = Gauge(
        number=number,
        company_id=site.company_id,
        site=site,
        gauge_type=gauge_type,
        name=name,
        serial_number=serial_number,
        unit=None if unit_id is None else get_unit(unit_id),
        resolution=resolution,
        interval_days=interval_days,
        registered_at=at,
        state=GaugeState.OUT_OF_SERVICE,
        state_since=at,
        state_by=command.actor.id,
        state_reason=command.reason,
    )
    _check_serial(gauge, serial_number)
    row = None if calibration is None else calibrated(gauge, calibration, command, at)
    if row is not None:
        for name_, value in consequences(gauge, row, command).items():
            setattr(gauge, name_, value)
        if not rules.can("put_in_service", life_facts(gauge), at=at):
            gauge.state = GaugeState.IN_SERVICE

    record_created(gauge, command)
    record_event(
        GaugeRegistered(
            *about(gauge),
            gauge_type_id=gauge_type_id,
            name=name,
            serial_number=serial_number,
            state=str(gauge.state),
            due_date=gauge.due_date,
        ),
        command,
        at,
    )
    if row is not None:
        record_calibrated(gauge, row, command, at)
    return gauge


def change_gauge(
    *,
    gauge_id: UUID,
    expected_version: int,
    changes: GaugeChanges,
    command: Command,
    at: datetime,
) -> Gauge:
    """Change a gauge that is not retired.

    Raises NotFound, NotInState, VersionMismatch, AlreadyExists, UnitMissing; emits GaugeChanged
    when something changed.
    """
    flush()
    gauge = access_gauge(gauge_id, command)
    same_version(expected_version, gauge.version)
    for refusal in rules.can_change(gauge.number, gauge.state):
        raise refusal
    if changes.get("resolution") is not None and gauge.unit_id is None:
        raise UnitMissing()
    if changes.get("serial_number", gauge.serial_number) != gauge.serial_number:
        _check_serial(gauge, changes["serial_number"])

    record_changed(gauge, command, **changes)
    if gauge.version != expected_version:
        record_event(
            GaugeChanged(
                *about(gauge),
                name=gauge.name,
                serial_number=gauge.serial_number,
                interval_days=gauge.interval_days,
            ),
            command,
            at,
        )
    return gauge


def _check_serial(gauge: Gauge, serial_number: str) -> None:
    same = Gauge.objects.filter(
        company_id=gauge.company_id,
        gauge_type_id=gauge.gauge_type_id,
        serial_number=serial_number,
    )
    if serial_number and same.exists():
        raise AlreadyExists("gauge", serial_number)


def take_out_of_service(*, gauge_id: UUID, command: Command, at: datetime) -> Gauge:
    """Stop a gauge from being used, with the command's reason, such as a fall.

    Raises NotFound, NotInState, TooEarly, ReasonMissing; emits GaugeTakenOutOfService.
    """
    gauge = _move(gauge_id, "take_out_of_service", command, at)
    record_event(GaugeTakenOutOfService(*about(gauge), reason=command.reason), command, at)
    return gauge


def put_in_service(*, gauge_id: UUID, command: Command, at: datetime) -> Gauge:
    """Let a gauge be used that was calibrated well since it went out of service.

    Raises NotFound, NotInState, TooEarly, CalibrationNeeded, GaugeOverdue; emits
    GaugePutInService.
    """
    gauge = _move(gauge_id, "put_in_service", command, at)
    assert gauge.due_date is not None
    record_event(GaugePutInService(*about(gauge), due_date=gauge.due_date), command, at)
    return gauge


def retire_gauge(*, gauge_id: UUID, command: Command, at: datetime) -> Gauge:
    """Take a gauge away for good, with the command's reason.

    Raises NotFound, NotInState, TooEarly, ReasonMissing; emits GaugeRetired.
    """
    gauge = _move(gauge_id, "retire", command, at)
    record_event(GaugeRetired(*about(gauge), reason=command.reason), command, at)
    return gauge


def _move(gauge_id: UUID, verb: str, command: Command, at: datetime) -> Gauge:
    flush()
    gauge = access_gauge(gauge_id, command)
    for refusal in rules.can(verb, life_facts(gauge), at=at, reason=command.reason):
        raise refusal
    record_changed(
        gauge,
        command,
        state=GAUGE.verbs[verb].target,
        state_since=at,
        state_by=command.actor.id,
        state_reason=command.reason,
    )
    return gauge

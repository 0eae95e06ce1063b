"""The public facts of equipment."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhiliu.kernel.event import Event


@dataclass(frozen=True)
class GaugeTypeAdded(Event):
    """A kind of gauge that characteristics may ask for."""

    name_en: str
    name_zh: str

    type = "equipment.gauge_type_added.v1"


@dataclass(frozen=True)
class GaugeTypeChanged(Event):
    """The names of a kind of gauge changed."""

    name_en: str
    name_zh: str

    type = "equipment.gauge_type_changed.v1"


@dataclass(frozen=True)
class GaugeRegistered(Event):
    """A gauge exists; with a good calibration it is in service at once."""

    gauge_type_id: UUID
    name: str
    serial_number: str
    state: str
    due_date: date | None

    type = "equipment.gauge_registered.v1"


@dataclass(frozen=True)
class GaugeChanged(Event):
    """A gauge's name, serial number, resolution or interval changed."""

    name: str
    serial_number: str
    interval_days: int | None

    type = "equipment.gauge_changed.v1"


@dataclass(frozen=True)
class GaugeTakenOutOfService(Event):
    """The gauge may not measure; `reason` says why."""

    reason: str

    type = "equipment.gauge_taken_out_of_service.v1"


@dataclass(frozen=True)
class GaugePutInService(Event):
    """The gauge may measure until the end of its due date at its site."""

    due_date: date

    type = "equipment.gauge_put_in_service.v1"


@dataclass(frozen=True)
class GaugeRetired(Event):
    """The gauge never measures again."""

    reason: str

    type = "equipment.gauge_retired.v1"


@dataclass(frozen=True)
class GaugeCalibrated(Event):
    """A gauge was calibrated; `as_found` and `as_left` are pass or fail.

    The due date is None when it failed as left.
    """

    calibration_id: UUID
    calibration: str
    performed_at: datetime
    as_found: str
    as_left: str
    due_date: date | None

    type = "equipment.gauge_calibrated.v1"


@dataclass(frozen=True)
class CalibrationFailed(Event):
    """A gauge was found bad: what it measured from `since` to `until` is in doubt.

    `since` is its last good calibration (its registration when there was none); `until` is when it
    was adjusted, None when it is still bad.
    """

    gauge_id: UUID
    calibration_id: UUID
    calibration: str
    since: datetime
    until: datetime | None

    type = "equipment.calibration_failed.v1"

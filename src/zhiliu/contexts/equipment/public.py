"""The front door of equipment."""

from zhiliu.contexts.equipment.models import Gauge
from zhiliu.contexts.equipment.operations import (
    CalibrationIn,
    add_gauge_type,
    gauges_for_use,
    put_in_service,
    record_calibration,
    register_gauge,
    take_out_of_service,
)
from zhiliu.contexts.equipment.queries import (
    find_calibration,
    find_gauge,
    get_gauge_type,
    get_visible_gauge,
    list_gauges,
)
from zhiliu.contexts.equipment.rules import GaugeFacts, Point, can_use
from zhiliu.contexts.equipment.states import CALIBRATION_KIND, CalibrationResult
from zhiliu.platform.access.public import Searcher

KINDS = {Gauge.kind: find_gauge, CALIBRATION_KIND: find_calibration}
SEARCHERS = (
    Searcher(
        Gauge.kind,
        "equipment.read",
        list_gauges,
        ("number", "name", "serial_number"),
        title="name",
        detail="serial_number",
        status="state",
    ),
)

__all__ = [
    "CALIBRATION_KIND",
    "KINDS",
    "SEARCHERS",
    "CalibrationIn",
    "CalibrationResult",
    "GaugeFacts",
    "Point",
    "add_gauge_type",
    "can_use",
    "gauges_for_use",
    "get_gauge_type",
    "get_visible_gauge",
    "put_in_service",
    "record_calibration",
    "register_gauge",
    "take_out_of_service",
]

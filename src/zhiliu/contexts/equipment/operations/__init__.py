"""Writes of equipment, one function per verb."""

from zhiliu.contexts.equipment.operations.calibrations import CalibrationIn, record_calibration
from zhiliu.contexts.equipment.operations.gauges import (
    GaugeChanges,
    change_gauge,
    put_in_service,
    register_gauge,
    retire_gauge,
    take_out_of_service,
)
from zhiliu.contexts.equipment.operations.types import add_gauge_type, change_gauge_type
from zhiliu.contexts.equipment.operations.using import gauges_for_use

__all__ = [
    "CalibrationIn",
    "GaugeChanges",
    "add_gauge_type",
    "change_gauge",
    "change_gauge_type",
    "gauges_for_use",
    "put_in_service",
    "record_calibration",
    "register_gauge",
    "retire_gauge",
    "take_out_of_service",
]

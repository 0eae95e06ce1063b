from zhiliu.contexts.equipment.models.calibrations import Calibration, CalibrationPoint
from zhiliu.contexts.equipment.models.gauges import Gauge, GaugeType

__all__ = ["Calibration", "CalibrationPoint", "Gauge", "GaugeType"]

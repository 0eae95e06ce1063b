"""Enumerations and the lifecycle of gauges."""

from enum import StrEnum

from zhiliu.kernel.lifecycle import Lifecycle, Transition

CALIBRATION_KIND = "equipment.calibration"  # append-only rows have no kind of their own


class GaugeState(StrEnum):
    """Whether a gauge may measure; its due date is asked besides."""

    IN_SERVICE = "in_service"
    OUT_OF_SERVICE = "out_of_service"
    RETIRED = "retired"


class CalibrationResult(StrEnum):
    """Whether a gauge met its requirements, as found or as left."""

    PASS = "pass"
    FAIL = "fail"


GAUGE = Lifecycle(
    kind="equipment.gauge",
    states=GaugeState,
    initial=frozenset({GaugeState.IN_SERVICE, GaugeState.OUT_OF_SERVICE}),
    verbs={
        "take_out_of_service": Transition(
            frozenset({GaugeState.IN_SERVICE}),
            GaugeState.OUT_OF_SERVICE,
            "equipment.take_out_of_service",
        ),
        "put_in_service": Transition(
            frozenset({GaugeState.OUT_OF_SERVICE}),
            GaugeState.IN_SERVICE,
            "equipment.put_in_service",
        ),
        "retire": Transition(
            frozenset({GaugeState.IN_SERVICE, GaugeState.OUT_OF_SERVICE}),
            GaugeState.RETIRED,
            "equipment.retire_gauge",
        ),
    },
)
LIFECYCLES = (GAUGE,)

"""Plans as approval leaves them, and goods that are inspected under one."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from tests.support import run

from zhiliu.contexts.inspections import operations
from zhiliu.contexts.inspections.models import (
    Inspection,
    InspectionPlan,
    InspectionSample,
    PlanCharacteristic,
    PlanClass,
    PlanVersion,
)
from zhiliu.contexts.inspections.operations import ReadingIn, Recorded
from zhiliu.contexts.inspections.tests.conftest import ARRIVED, act
from zhiliu.kernel.actor import SYSTEM
from zhiliu.kernel.command import Command
from zhiliu.platform.evidence.public import record_appended, record_created

MAJOR = {"severity_class": "major", "scheme": "iso", "level": "II", "aql": Decimal("1.0")}


def numeric(code: str, severity_class: str = "major", **more: Any) -> dict[str, Any]:
    """A measured characteristic, 9 to 11 in steps of 0.001 unless said."""
    return {
        "code": code,
        "characteristic_kind": "numeric",
        "severity_class": severity_class,
        "nominal": Decimal(10),
        "lower": Decimal(9),
        "upper": Decimal(11),
        "resolution": Decimal("0.001"),
        **more,
    }


def attribute(code: str, severity_class: str = "major", **more: Any) -> dict[str, Any]:
    """An attribute with buttons."""
    return {
        "code": code,
        "characteristic_kind": "attribute",
        "severity_class": severity_class,
        **more,
    }


def make_plan(
    material_id: UUID | None,
    characteristics: Sequence[dict[str, Any]],
    classes: Sequence[dict[str, Any]] = (MAJOR,),
    *,
    supplier_id: UUID | None = None,
    group: str = "",
    valid_from: datetime = ARRIVED,
    valid_to: datetime | None = None,
) -> UUID:
    """The id of an approved plan version."""

    def make(command: Command, at: datetime) -> UUID:
        plan = record_created(
            InspectionPlan(
                number=f"PLAN-{uuid4().hex[:6]}",
                name="plan",
                stage="incoming",
                material_id=material_id,
                material_group=group,
                supplier_id=supplier_id,
            ),
            command,
        )
        version = record_created(
            PlanVersion(
                plan_id=plan.pk,
                version_no=1,
                state="ended" if valid_to else "valid",
                valid_from=valid_from,
                valid_to=valid_to,
                approved_by=SYSTEM.id,
                approved_at=valid_from,
            ),
            command,
        )
        for given in classes:
            record_appended(
                PlanClass(plan_version_id=version.pk, **{"basis": "nonconforming_units", **given})
            )
        for n, given in enumerate(characteristics):
            record_appended(
                PlanCharacteristic(
                    plan_version_id=version.pk,
                    ordinal=n + 1,
                    **{"name_en": given["code"], **given},
                )
            )
        return version.pk

    made: UUID = run(make)
    return made


def samples_of(inspection: Inspection) -> dict[str, InspectionSample]:
    """The samples of an inspection by class, or by code where a characteristic has its own."""
    rows = InspectionSample.objects.filter(inspection=inspection).select_related("characteristic")
    return {r.characteristic.code if r.characteristic else r.severity_class: r for r in rows}


def drawn(inspection: Inspection) -> list[int]:
    """The numbers of the units in the sample: 1 to n in the order of drawing."""
    return list(range(1, max(s.to_inspect for s in samples_of(inspection).values()) + 1))


def read(
    inspection: Inspection,
    *readings: tuple[Any, ...],
    hour: int = 1,
    reason: str = "",
    confirm: bool = False,
) -> Recorded:
    """Record readings, each (characteristic, unit, text[, gauge[, defect]])."""
    recorded: Recorded = act(
        operations.record_readings,
        hour=hour,
        reason=reason,
        inspection_id=inspection.pk,
        readings=[ReadingIn(*r) for r in readings],
        confirm=confirm,
    )
    return recorded


def read_all(
    inspection: Inspection, codes: Sequence[str], bad: int = 0, good: str = "10", hour: int = 1
) -> Recorded:
    """Read every cell of the sample; the first `bad` units are out in the first characteristic."""
    size = max(s.to_inspect for s in samples_of(inspection).values())
    grid = [
        (code, unit, "12" if n < bad and code == codes[0] else good)
        for n, unit in enumerate(drawn(inspection)[:size])
        for code in codes
    ]
    return read(inspection, *grid, hour=hour)

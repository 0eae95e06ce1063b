"""The demo plant's specification and inspection plan: a bushing with five characteristics.

Drafted by the quality engineer and approved by the system, since nobody approves what he wrote.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.config.demo_goods import BUSHING, Once
from zhiliu.contexts.catalog import public as catalog
from zhiliu.contexts.catalog.models import Material, Unit
from zhiliu.contexts.equipment.models import GaugeType
from zhiliu.contexts.inspections import public as inspections
from zhiliu.contexts.inspections.models import PlanVersion
from zhiliu.kernel.command import Command
from zhiliu.platform.access.public import get_actor
from zhiliu.platform.attachments.public import Purpose, attach

NUMERIC, CALCULATED = catalog.CharacteristicKind.NUMERIC, catalog.CharacteristicKind.CALCULATED
UNIT, DRAWING = "MM", "DRW-5001"
INSTRUCTION = """导向轴套检验作业指导书

1. 样件在 20 ℃ 下放置至少 30 分钟，擦净后测量。
2. 内径、外径在两端各测一次，取离中值较远的一个。
3. 外观在 600 lx 照明下目视，有划痕即判不合格，并选缺陷代码。
"""

# code, names, kind, nominal, lower, upper, resolution, formula; of the drawing
SPECIFIED = (
    ("D1", "Bore", "内径", NUMERIC, "20.02", "20.00", "20.05", "0.01", ""),
    ("D2", "Outside diameter", "外径", NUMERIC, "24", "23.987", "24.000", "0.001", ""),
    ("L", "Length", "长度", NUMERIC, "30", "29.90", "30.10", "0.01", ""),
    ("WALL", "Wall", "壁厚", CALCULATED, "1.99", "1.960", "2.010", "0.001", "(D2 - D1) / 2"),
)
MEASURED_WITH = {"D1": "CALLIPER", "D2": "MICROMETER", "L": "CALLIPER"}


def book_demo_plan(once: Once, author_id: UUID) -> None:
    """Specify the bushing and plan its inspection; repeating it adds nothing. Needs the gauges."""
    material = Material.objects.get(number=BUSHING).pk
    specification = _specification(once, material, author_id)
    _plan(once, material, specification, author_id)


def _specification(once: Once, material_id: UUID, author_id: UUID) -> UUID:
    unit = Unit.objects.get(code=UNIT).pk

    def draft(command: Command, at: datetime) -> dict[str, UUID]:
        made = catalog.add_specification(
            material_id=material_id,
            number=DRAWING,
            characteristics=[
                catalog.SpecifiedCharacteristic(
                    code,
                    name_en,
                    name_zh,
                    kind,
                    catalog.SeverityClass.MAJOR,
                    unit_id=unit,
                    nominal=Decimal(nominal),
                    lower=Decimal(lower),
                    upper=Decimal(upper),
                    resolution=Decimal(resolution),
                    formula=formula,
                )
                for code, name_en, name_zh, kind, nominal, lower, upper, resolution, formula in (
                    SPECIFIED
                )
            ],
            command=_by(author_id, command),
            at=at,
        )
        return {"id": made.pk}

    def approve(command: Command, at: datetime) -> dict[str, UUID]:
        done = catalog.approve_specification(
            specification_id=drafted, expected_version=1, command=command, at=at
        )
        return {"id": done.pk}

    drafted = _id(once, "catalog.add_specification", draft)
    return _id(once, "catalog.approve_specification", approve)


def _plan(once: Once, material_id: UUID, specification_id: UUID, author_id: UUID) -> None:
    def draft(command: Command, at: datetime) -> dict[str, UUID]:
        made = inspections.add_plan(
            material_id=material_id,
            changes={
                "specification_id": specification_id,
                "note": "见附件：导向轴套检验作业指导书",
                "classes": _classes(),
                "characteristics": _lines(),
            },
            command=_by(author_id, command),
            at=at,
        )
        return {"id": made.pk}

    def instruct(command: Command, at: datetime) -> dict[str, UUID]:
        kept = attach(
            subject_kind=PlanVersion.kind,
            subject_id=drafted,
            title="检验作业指导书",
            file_name="导向轴套检验作业指导书.txt",
            data=INSTRUCTION.encode(),
            purpose=Purpose.INSTRUCTION,
            command=command,
            at=at,
        )
        return {"id": kept.pk}

    def approve(command: Command, at: datetime) -> dict[str, UUID]:
        done = inspections.approve_plan_version(
            version_id=drafted, expected_version=1, command=command, at=at
        )
        return {"id": done.pk}

    drafted = _id(once, "inspections.add_plan", draft)
    _id(once, "attachments.attach", instruct)
    _id(once, "inspections.approve_plan_version", approve)


def _classes() -> list[inspections.ClassLine]:
    """Measures at AQL 1.0, looks at AQL 2.5; the looks may be skipped after good history."""
    units = inspections.CountingBasis.NONCONFORMING_UNITS
    return [
        inspections.ClassLine(
            severity, inspections.Scheme.ISO, units, "II", Decimal(aql), may_skip=may_skip
        )
        for severity, aql, may_skip in (
            (catalog.SeverityClass.MAJOR, "1.0", False),
            (catalog.SeverityClass.MINOR, "2.5", True),
        )
    ]


def _lines() -> list[inspections.PlanLine]:
    """What the drawing asks for, which brings the limits, and a look at the surface."""
    gauges = {code: GaugeType.objects.get(code=code).pk for code in set(MEASURED_WITH.values())}
    major, minor = catalog.SeverityClass.MAJOR, catalog.SeverityClass.MINOR
    measured = [
        inspections.PlanLine(
            code,
            name_en,
            name_zh,
            kind,
            major,
            gauge_type_id=gauges[MEASURED_WITH[code]] if code in MEASURED_WITH else None,
        )
        for code, name_en, name_zh, kind, *_ in SPECIFIED
    ]
    attribute = catalog.CharacteristicKind.ATTRIBUTE
    return [*measured, inspections.PlanLine("LOOK", "Surface", "外观", attribute, minor)]


def _by(author_id: UUID, command: Command) -> Command:
    author = get_actor(author_id)
    assert author is not None
    return replace(command, actor=author)


def _id(once: Once, operation: str, call: Callable[[Command, datetime], Any]) -> UUID:
    return UUID(once(operation, "bushing", call)["id"])

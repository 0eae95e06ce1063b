"""The demo plant's specifications and inspection plans: a bushing and a pin.

Drafted by the quality engineer and approved by the system, since nobody approves what he wrote.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.config.demo_goods import BUSHING, PIN, Once, by
from zhiliu.contexts.catalog import public as catalog
from zhiliu.contexts.catalog.models import Material, Unit
from zhiliu.contexts.equipment.models import GaugeType
from zhiliu.contexts.inspections import public as inspections
from zhiliu.contexts.inspections.models import PlanVersion
from zhiliu.kernel.command import Command
from zhiliu.platform.attachments.public import Purpose, attach

NUMERIC, CALCULATED = catalog.CharacteristicKind.NUMERIC, catalog.CharacteristicKind.CALCULATED
MAJOR, MINOR = catalog.SeverityClass.MAJOR, catalog.SeverityClass.MINOR
UNITS = inspections.CountingBasis.NONCONFORMING_UNITS
UNIT = "MM"
BUSHING_INSTRUCTION = """导向轴套检验作业指导书

1. 样件在 20 ℃ 下放置至少 30 分钟，擦净后测量。
2. 内径、外径在两端各测一次，取离中值较远的一个。
3. 外观在 600 lx 照明下目视，有划痕即判不合格，并选缺陷代码。
"""
PIN_INSTRUCTION = """定位销检验作业指导书

1. 样件在 20 ℃ 下放置至少 30 分钟，擦净后测量。
2. 杆径、头径各测两端，取离中值较远的一个。
3. 抽 13 件，一件不合格即整批不接收。
"""


@dataclass(frozen=True)
class DemoPlan:
    """A drawing and the plan that follows it.

    `specified`: code, names, kind, nominal, lower, upper, resolution, formula of the drawing;
    `looks`: attributes that only the plan asks for, with their class.
    """

    key: str
    material: str
    drawing: str
    instruction: str
    file_name: str
    classes: tuple[inspections.ClassLine, ...]
    specified: tuple[tuple[str, str, str, catalog.CharacteristicKind, str, str, str, str, str], ...]
    measured_with: dict[str, str]
    looks: tuple[inspections.PlanLine, ...] = ()


# Measures at AQL 1.0, looks at AQL 2.5; the looks may be skipped after good history.
BUSHING_PLAN = DemoPlan(
    key="bushing",
    material=BUSHING,
    drawing="DRW-5001",
    instruction=BUSHING_INSTRUCTION,
    file_name="导向轴套检验作业指导书.txt",
    classes=(
        inspections.ClassLine(MAJOR, inspections.Scheme.ISO, UNITS, "II", Decimal("1.0")),
        inspections.ClassLine(
            MINOR, inspections.Scheme.ISO, UNITS, "II", Decimal("2.5"), may_skip=True
        ),
    ),
    specified=(
        ("D1", "Bore", "内径", NUMERIC, "20.02", "20.00", "20.05", "0.01", ""),
        ("D2", "Outside diameter", "外径", NUMERIC, "24", "23.987", "24.000", "0.001", ""),
        ("L", "Length", "长度", NUMERIC, "30", "29.90", "30.10", "0.01", ""),
        ("WALL", "Wall", "壁厚", CALCULATED, "1.99", "1.960", "2.010", "0.001", "(D2 - D1) / 2"),
    ),
    measured_with={"D1": "CALLIPER", "D2": "MICROMETER", "L": "CALLIPER"},
    looks=(
        inspections.PlanLine(
            "LOOK", "Surface", "外观", catalog.CharacteristicKind.ATTRIBUTE, MINOR
        ),
    ),
)
# Thirteen pieces and none of them out, whatever came: no history makes it stricter or easier.
PIN_PLAN = DemoPlan(
    key="pin",
    material=PIN,
    drawing="DRW-5002",
    instruction=PIN_INSTRUCTION,
    file_name="定位销检验作业指导书.txt",
    classes=(inspections.ClassLine(MAJOR, inspections.Scheme.FIXED, UNITS, fixed_n=13),),
    specified=(
        ("D1", "Shank diameter", "杆径", NUMERIC, "12", "11.982", "12.000", "0.001", ""),
        ("D2", "Head diameter", "头径", NUMERIC, "18", "17.95", "18.05", "0.01", ""),
        ("L1", "Length", "总长", NUMERIC, "45", "44.90", "45.10", "0.01", ""),
        ("L2", "Head length", "头长", NUMERIC, "20", "19.95", "20.05", "0.01", ""),
        ("W", "Groove width", "槽宽", NUMERIC, "4", "3.97", "4.03", "0.01", ""),
    ),
    measured_with={
        "D1": "MICROMETER",
        "D2": "CALLIPER",
        "L1": "CALLIPER",
        "L2": "CALLIPER",
        "W": "CALLIPER",
    },
)


def book_demo_plans(once: Once, author_id: UUID) -> None:
    """Specify the parts and plan their inspection; repeating it adds nothing. Needs the gauges."""
    for plan in (BUSHING_PLAN, PIN_PLAN):
        material = Material.objects.get(number=plan.material).pk
        specification = _specification(once, plan, material, author_id)
        _plan(once, plan, material, specification, author_id)


def _specification(once: Once, plan: DemoPlan, material_id: UUID, author_id: UUID) -> UUID:
    unit = Unit.objects.get(code=UNIT).pk

    def draft(command: Command, at: datetime) -> dict[str, UUID]:
        made = catalog.add_specification(
            material_id=material_id,
            number=plan.drawing,
            characteristics=[
                catalog.SpecifiedCharacteristic(
                    code,
                    name_en,
                    name_zh,
                    kind,
                    MAJOR,
                    unit_id=unit,
                    nominal=Decimal(nominal),
                    lower=Decimal(lower),
                    upper=Decimal(upper),
                    resolution=Decimal(resolution),
                    formula=formula,
                )
                for (
                    code,
                    name_en,
                    name_zh,
                    kind,
                    nominal,
                    lower,
                    upper,
                    resolution,
                    formula,
                ) in plan.specified
            ],
            command=by(author_id, command),
            at=at,
        )
        return {"id": made.pk}

    def approve(command: Command, at: datetime) -> dict[str, UUID]:
        done = catalog.approve_specification(
            specification_id=drafted, expected_version=1, command=command, at=at
        )
        return {"id": done.pk}

    drafted = _id(once, "catalog.add_specification", plan, draft)
    return _id(once, "catalog.approve_specification", plan, approve)


def _plan(
    once: Once, plan: DemoPlan, material_id: UUID, specification_id: UUID, author_id: UUID
) -> None:
    def draft(command: Command, at: datetime) -> dict[str, UUID]:
        made = inspections.add_plan(
            material_id=material_id,
            changes={
                "specification_id": specification_id,
                "note": f"见附件：{plan.file_name.removesuffix('.txt')}",
                "classes": list(plan.classes),
                "characteristics": _lines(plan),
            },
            command=by(author_id, command),
            at=at,
        )
        return {"id": made.pk}

    def instruct(command: Command, at: datetime) -> dict[str, UUID]:
        kept = attach(
            subject_kind=PlanVersion.kind,
            subject_id=drafted,
            title="检验作业指导书",
            file_name=plan.file_name,
            data=plan.instruction.encode(),
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

    drafted = _id(once, "inspections.add_plan", plan, draft)
    _id(once, "attachments.attach", plan, instruct)
    _id(once, "inspections.approve_plan_version", plan, approve)


def _lines(plan: DemoPlan) -> list[inspections.PlanLine]:
    """What the drawing asks for, which brings the limits, and the looks."""
    types = set(plan.measured_with.values())
    gauges = {code: GaugeType.objects.get(code=code).pk for code in types}
    measured = [
        inspections.PlanLine(
            code,
            name_en,
            name_zh,
            kind,
            MAJOR,
            gauge_type_id=gauges[plan.measured_with[code]] if code in plan.measured_with else None,
        )
        for code, name_en, name_zh, kind, *_ in plan.specified
    ]
    return [*measured, *plan.looks]


def _id(
    once: Once, operation: str, plan: DemoPlan, call: Callable[[Command, datetime], Any]
) -> UUID:
    return UUID(once(operation, plan.key, call)["id"])

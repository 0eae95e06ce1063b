"""What quality has to decide in the demo plant: two deliveries that were not accepted.

The shafts wait for a disposition; the seals go back and wait for their carrier. The system judged
them, so that every quality engineer may dispose: nobody disposes of what he judged.
"""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from zhiliu.config.demo_goods import (
    SEAL,
    SHAFT,
    Once,
    book_arrival,
    book_materials,
    book_order,
    book_supplier,
    by,
)
from zhiliu.contexts.catalog.public import SeverityClass
from zhiliu.contexts.inspections import public as inspections
from zhiliu.contexts.nonconformance import public as nonconformance
from zhiliu.contexts.nonconformance.models import Report, ReportLot
from zhiliu.kernel.command import Command

MAJOR, MINOR = SeverityClass.MAJOR, SeverityClass.MINOR
DEFECT, CAUSE = inspections.Catalogue.DEFECT, inspections.Catalogue.CAUSE
# catalogue, code, names, severity class
CODES = (
    (DEFECT, "SCRATCH", "Scratch", "划痕", MINOR),
    (DEFECT, "BURR", "Burr", "毛刺", MAJOR),
    (DEFECT, "RUNOUT", "Runout too large", "跳动超差", MAJOR),
    (DEFECT, "CRACK", "Crack", "裂纹", MAJOR),
    (CAUSE, "TOOL", "Worn tool", "刀具磨损", ""),
    (CAUSE, "SETUP", "Wrong set-up", "调机不当", ""),
    (CAUSE, "TRANSPORT", "Damaged on the way", "运输损伤", ""),
)


class Finding(NamedTuple):
    """So many of a delivery were looked at, so many of them had this defect."""

    material: str
    quantity: int
    inspected: int
    nonconforming: int
    defect: str
    reason: str


SHAFTS = Finding(SHAFT, 120, 20, 3, "RUNOUT", "抽检 20 件，3 件跳动大于 0.05 mm")
SEALS = Finding(SEAL, 1000, 80, 7, "CRACK", "抽检 80 件，7 件开裂")


def book_findings(once: Once, quality_id: UUID) -> None:
    """Deliver, inspect and not accept; repeating it adds nothing. Needs the imported plant."""
    for code in CODES:
        _code(once, *code)
    for finding in (SHAFTS, SEALS):
        _not_accept(once, finding)
    _send_back(once, SEALS, quality_id)


def _code(
    once: Once,
    catalogue: inspections.Catalogue,
    code: str,
    name_en: str,
    name_zh: str,
    severity_class: str,
) -> None:
    def add(command: Command, at: datetime) -> dict[str, UUID]:
        made = inspections.add_quality_code(
            catalogue=catalogue,
            code=code,
            name_en=name_en,
            name_zh=name_zh,
            severity_class=severity_class,
            command=command,
            at=at,
        )
        return {"id": made.pk}

    once("inspections.add_quality_code", code, add)


def _not_accept(once: Once, finding: Finding) -> None:
    number, quantities = finding.material, {finding.material: finding.quantity}
    order = book_order(once, number, book_supplier(once), book_materials(once), quantities)
    arrived = book_arrival(once, number, order, quantities)[number]
    inspection_id = UUID(arrived["inspection"])

    def count(command: Command, at: datetime) -> dict[str, str]:
        found = Decimal(finding.nonconforming)
        inspections.record_result(
            inspection_id=inspection_id,
            inspected=Decimal(finding.inspected),
            nonconforming=found,
            defects=[inspections.Defect(finding.defect, found)],
            command=command,
            at=at,
        )
        return {}

    def judge(command: Command, at: datetime) -> dict[str, str]:
        said = replace(command, reason=finding.reason)
        inspections.not_accept(inspection_id=inspection_id, command=said, at=at)
        return {}

    once("inspections.record_result", number, count)
    once("inspections.not_accept", number, judge)


def _send_back(once: Once, finding: Finding, quality_id: UUID) -> None:
    report = Report.objects.get(material__number=finding.material)
    lot_id = ReportLot.objects.get(report=report).lot_id

    def dispose(command: Command, at: datetime) -> dict[str, UUID]:
        made = nonconformance.dispose(
            report_id=report.pk,
            wanted=nonconformance.Wanted(
                nonconformance.Units(lot_id),
                nonconformance.DispositionKind.RETURN_TO_VENDOR,
                reason="密封圈开裂，整批退供",
            ),
            command=by(quality_id, command),
            at=at,
        )
        return {"id": made.pk}

    once("nonconformance.dispose", finding.material, dispose)

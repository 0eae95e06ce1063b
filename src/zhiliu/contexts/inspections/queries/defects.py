"""Which defects an inspection found, where on the part, and how often."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from zhiliu.contexts.inspections.models import (
    DefectCount,
    InspectionResult,
    PlanCharacteristic,
    QualityCode,
    Reading,
)
from zhiliu.contexts.inspections.rules import Defect


class FoundDefect(NamedTuple):
    """A defect, or a characteristic that is out without a code, at a position on the part; the
    position's code and names are empty where nobody named one."""

    code: str
    name_en: str
    name_zh: str
    position: str
    position_en: str
    position_zh: str


def list_defects(result_ids: Iterable[UUID]) -> dict[UUID, list[Defect]]:
    """The defects of each result, the most frequent first."""
    found = defaultdict(list)
    rows = DefectCount.objects.filter(result_id__in=list(result_ids))
    rows = rows.select_related("defect_code", "position_code")
    for row in rows.order_by("-count", "defect_code__code", "position_code__code"):
        position = row.position_code.code if row.position_code else ""
        found[row.result_id].append(Defect(row.defect_code.code, row.count, position))
    return found


def list_defects_found(inspection_id: UUID) -> list[tuple[FoundDefect, Decimal]]:
    """What the results and readings that count now found, the most frequent first.

    Of counts the number of units that show it, of readings of nonconformities.
    """
    found = _counted(inspection_id) + _read(inspection_id)
    return [
        (defect, Decimal(count))
        for defect, count in sorted(found.items(), key=lambda one: (-one[1], one[0]))
    ]


def _counted(inspection_id: UUID) -> Counter[FoundDefect]:
    """Of the last result of each characteristic, and of the inspection as a whole."""
    latest = InspectionResult.objects.filter(inspection_id=inspection_id)
    latest = latest.order_by("characteristic_id", "-ordinal").distinct("characteristic_id")
    rows = DefectCount.objects.filter(result_id__in=list(latest.values_list("pk", flat=True)))
    found: Counter[FoundDefect] = Counter()
    for row in rows.select_related("defect_code", "position_code"):
        found[_of(row.defect_code, row.position_code)] += row.count  # type: ignore[assignment]
    return found


def _read(inspection_id: UUID) -> Counter[FoundDefect]:
    rows = Reading.objects.filter(inspection_id=inspection_id)
    rows = rows.select_related("characteristic", "defect_code", "position_code")
    rows = rows.order_by("characteristic_id", "unit_no", "-ordinal")
    found: Counter[FoundDefect] = Counter()
    for row in rows.distinct("characteristic_id", "unit_no"):
        if row.is_in is False:
            what = row.defect_code or row.characteristic
            found[_of(what, row.position_code)] += row.nonconformities
    return found


def _of(what: QualityCode | PlanCharacteristic, position: QualityCode | None) -> FoundDefect:
    there = (position.code, position.name_en, position.name_zh) if position else ("", "", "")
    return FoundDefect(what.code, what.name_en, what.name_zh, *there)

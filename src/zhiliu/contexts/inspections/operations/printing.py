"""The inspection report: what an inspection found, on paper."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from zhiliu.contexts.catalog.public import get_company
from zhiliu.contexts.equipment.models import Gauge
from zhiliu.contexts.inspections.models import (
    Inspection,
    InspectionSample,
    PlanCharacteristic,
    Reading,
    SampleDraw,
)
from zhiliu.contexts.inspections.queries import (
    get_inspection,
    list_lots,
    list_results,
)
from zhiliu.contexts.inspections.queries.defects import list_defects_found
from zhiliu.contexts.inspections.rules import can_print
from zhiliu.kernel.command import Command
from zhiliu.platform.access.public import find_record, names_of
from zhiliu.platform.attachments.public import Attachment, Language, PrintTemplate, store_print
from zhiliu.platform.evidence.public import flush
from zhiliu.platform.signatures.public import signatures_shown

REPORT = PrintTemplate(
    code="inspections.report",
    source=Path(__file__).parents[1] / "prints" / "report.typ",
    title_en="Inspection report",
    title_zh="检验报告",
)


def print_report(
    *, inspection_id: UUID, language: Language, command: Command, at: datetime
) -> Attachment:
    """The report of a decided inspection in one language, stored at the first request.

    Raises NotFound, NotDecided, FontsMissing; emits FileAttached when it is made.
    """
    flush()
    subject = find_record(
        command.actor, Inspection.kind, inspection_id, operation=command.operation
    )
    inspection = get_inspection(command.actor, inspection_id)
    for refusal in can_print(inspection.number, inspection.state):
        raise refusal
    return store_print(
        template=REPORT,
        data=_facts(inspection),
        subject=subject,
        language=language,
        command=command,
        at=at,
    )


def _facts(inspection: Inspection) -> dict[str, Any]:
    """All that the report shows, from the record alone; quantities in the stock unit."""
    site, material, supplier = inspection.site, inspection.material, inspection.supplier
    plan = inspection.plan_version
    return {
        "company": get_company(inspection.company_id).name,
        "site": site.name,
        "zone": site.time_zone,
        "stage": inspection.stage,
        "reason": inspection.reason,
        "state": inspection.state,
        "opened_at": inspection.opened_at,
        "decided_at": inspection.decided_at,
        "material": material.number,
        "material_name": material.name,
        "revision": inspection.revision.revision if inspection.revision else None,
        "unit": material.unit.code,
        "supplier": supplier.number if supplier else None,
        "supplier_name": supplier.name if supplier else None,
        "plan": f"{plan.plan.number} v{plan.version_no}" if plan else None,
        "plan_rule": inspection.plan_rule or None,
        "inspected": inspection.inspected,
        "nonconforming": inspection.nonconforming,
        "lots": _lots(inspection.pk),
        "samples": _samples(inspection.pk),
        "drawn": _drawn(inspection.pk),
        "characteristics": _characteristics(inspection),
        **_results(inspection),
        "signatures": signatures_shown(Inspection.kind, inspection.pk),
    }


def _lots(inspection_id: UUID) -> list[dict[str, Any]]:
    return [
        {
            "lot": row.lot.number,
            "supplier_lot": row.lot.supplier_lot or None,
            "presented": row.presented,
            "accepted": row.accepted,
            "not_accepted": row.not_accepted,
            "consumed": row.consumed,
            "retained": row.retained,
        }
        for row in list_lots(inspection_id)
    ]


def _results(inspection: Inspection) -> dict[str, Any]:
    """The counted results, the last of each characteristic counts, and what was found."""
    results = list_results(inspection.pk)
    names = names_of([r.recorded_by for r in results] + [inspection.decided_by or inspection.pk])
    return {
        "decided_by": names.get(inspection.decided_by) if inspection.decided_by else None,
        "results": [
            {
                "characteristic": r.characteristic.code if r.characteristic else None,
                "ordinal": r.ordinal,
                "inspected": r.inspected,
                "nonconforming": r.nonconforming,
                "by": names.get(r.recorded_by),
                "at": r.occurred_at,
                "reason": r.reason or None,
            }
            for r in results
        ],
        "defects": [
            {
                "code": d.code,
                "en": d.name_en,
                "zh": d.name_zh or d.name_en,
                "position": d.position or None,
                "position_en": d.position_en,
                "position_zh": d.position_zh or d.position_en,
                "count": count,
            }
            for d, count in list_defects_found(inspection.pk)
        ],
    }


def _samples(inspection_id: UUID) -> list[dict[str, Any]]:
    rows = InspectionSample.objects.filter(inspection_id=inspection_id)
    return [
        {
            "severity_class": row.severity_class,
            "characteristic": row.characteristic.code if row.characteristic else None,
            "scheme": row.scheme,
            "level": row.level or None,
            "aql": row.aql.normalize() if row.aql is not None else None,
            "severity": row.severity,
            "letter": row.plan_letter or None,
            "sample_size": row.sample_size,
            "to_inspect": row.to_inspect,
            "accept": row.accept,
            "reject": row.reject,
            "found": row.found,
        }
        for row in rows.select_related("characteristic").order_by("severity_class", "id")
    ]


def _drawn(inspection_id: UUID) -> list[int]:
    draws = SampleDraw.objects.filter(inspection_id=inspection_id).order_by("ordinal")
    return [unit for draw in draws for unit in draw.units]


def _characteristics(inspection: Inspection) -> list[dict[str, Any]]:
    """Each characteristic of the plan version with its limits and the readings that count."""
    found = _readings(inspection.pk)
    gauges = _gauges(r.gauge_id for rows in found.values() for r in rows if r.gauge_id)
    rows = PlanCharacteristic.objects.filter(plan_version_id=inspection.plan_version_id)
    return [
        {
            "code": row.code,
            "en": row.name_en,
            "zh": row.name_zh or row.name_en,
            "severity_class": row.severity_class,
            "unit": row.unit.code if row.unit else None,
            "nominal": _trimmed(row.nominal),
            "lower": _trimmed(row.lower),
            "upper": _trimmed(row.upper),
            "out": sum(r.is_in is False for r in found[row.pk]),
            "gauges": sorted({gauges[r.gauge_id] for r in found[row.pk] if r.gauge_id}),
            "readings": [
                {
                    "unit": r.unit_no,
                    "text": r.text,
                    "is_in": r.is_in,
                    "nonconformities": r.nonconformities,
                    "defect": r.defect_code.code if r.defect_code else None,
                    "position": r.position_code.code if r.position_code else None,
                    "corrected": r.ordinal > 1,
                }
                for r in found[row.pk]
            ],
        }
        for row in rows.select_related("unit").order_by("ordinal")
    ]


def _readings(inspection_id: UUID) -> dict[UUID, list[Reading]]:
    """The readings that count, the latest of each unit, by characteristic in order of units."""
    latest: dict[tuple[UUID, int], Reading] = {}
    rows = Reading.objects.filter(inspection_id=inspection_id)
    rows = rows.select_related("defect_code", "position_code")
    for row in rows.order_by("characteristic_id", "unit_no", "ordinal"):
        latest[row.characteristic_id, row.unit_no] = row
    found: dict[UUID, list[Reading]] = defaultdict(list)
    for row in latest.values():
        found[row.characteristic_id].append(row)
    return found


def _gauges(ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Gauge.objects.filter(pk__in=set(ids)).values_list("pk", "number"))


def _trimmed(limit: Decimal | None) -> Decimal | None:
    return None if limit is None else limit.normalize()

"""Reads of nonconformance, and the facts that its rules ask."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Sum

from zhiliu.contexts.catalog.public import SeverityClass
from zhiliu.contexts.inspections.models import (
    DefectCount,
    Inspection,
    InspectionLot,
    InspectionResult,
    Reading,
)
from zhiliu.contexts.inspections.public import (
    InspectionState,
)
from zhiliu.contexts.nonconformance.errors import NotFound
from zhiliu.contexts.nonconformance.models import Concession, Disposition, Report, ReportLot
from zhiliu.contexts.nonconformance.permissions import CONCESSIONS, DISPOSITIONS, REPORTS, where
from zhiliu.contexts.nonconformance.rules import (
    ALLOWED_DISPOSITIONS,
    DispositionFacts,
    LotFacts,
    ReportFacts,
    can,
    can_disposition,
    check_allowed,
    check_disposition,
)
from zhiliu.contexts.nonconformance.states import (
    CARRIED_OUT,
    CONCEDED,
    CONCESSION,
    DISPOSITION,
    INSPECTED,
    REPORT,
    DispositionKind,
    DispositionState,
    Source,
    Waiting,
)
from zhiliu.kernel.actor import Actor
from zhiliu.kernel.command import Reference
from zhiliu.kernel.quantity import ZERO
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.public import permitted
from zhiliu.platform.evidence.public import execute, flush
from zhiliu.platform.rules.public import decide


def list_reports(actor: Actor, lot_id: UUID | None = None) -> QuerySet[Report]:
    """Reports that the actor may see (about one lot), with material, unit and supplier."""
    rows = Report.objects.filter(REPORTS.filter(actor))
    rows = rows.select_related("material__unit", "supplier", "inspection")
    if lot_id is not None:
        rows = rows.filter(pk__in=ReportLot.objects.filter(lot_id=lot_id).values("report_id"))
    return rows


def get_report(actor: Actor, report_id: UUID) -> Report:
    """One report that the actor may see; raises NotFound."""
    found = list_reports(actor).filter(pk=report_id).first()
    if found is None:
        raise NotFound(what="report", given=str(report_id))
    return found


def list_dispositions(actor: Actor) -> QuerySet[Disposition]:
    """Dispositions that the actor may see, with report, lot and unit."""
    rows = Disposition.objects.filter(DISPOSITIONS.filter(actor))
    return rows.select_related("report__material__unit", "lot", "inspection", "to_material")


def get_disposition(actor: Actor, disposition_id: UUID) -> Disposition:
    """One disposition that the actor may see; raises NotFound."""
    found = list_dispositions(actor).filter(pk=disposition_id).first()
    if found is None:
        raise NotFound(what="disposition", given=str(disposition_id))
    return found


def list_concessions(actor: Actor) -> QuerySet[Concession]:
    """Concessions that the actor may see, with report, disposition, lot and unit."""
    rows = Concession.objects.filter(CONCESSIONS.filter(actor))
    return rows.select_related("report__material__unit", "disposition", "lot")


def get_concession(actor: Actor, concession_id: UUID) -> Concession:
    """One concession that the actor may see; raises NotFound."""
    found = list_concessions(actor).filter(pk=concession_id).first()
    if found is None:
        raise NotFound(what="concession", given=str(concession_id))
    return found


def list_lots(report_id: UUID) -> list[ReportLot]:
    """The lots of a report with their totals, in the order of their birth."""
    rows = ReportLot.objects.filter(report_id=report_id).select_related("lot", "disposition")
    return list(rows.order_by("lot_id"))


FIRST_LOTS = 3


def with_lots(reports: Iterable[Report]) -> list[Report]:
    """The reports with their first `lot_numbers`, their `lot_count`, and `quantity` and `open`."""
    rows = list(reports)
    of_report = defaultdict(list)
    lots = ReportLot.objects.filter(report_id__in=[row.pk for row in rows])
    for lot in lots.select_related("lot").order_by("lot_id"):
        of_report[lot.report_id].append(lot)
    for row in rows:
        found = of_report[row.pk]
        row.lot_numbers = [one.lot.number for one in found[:FIRST_LOTS]]  # type: ignore[attr-defined]
        row.lot_count = len(found)  # type: ignore[attr-defined]
        row.quantity = sum((one.quantity for one in found), ZERO)  # type: ignore[attr-defined]
        row.open = sum((one.open for one in found), ZERO)  # type: ignore[attr-defined]
    return rows


def facts_of(report: Report) -> ReportFacts:
    """The plain values that the rules of a report ask."""
    flush()
    rows = ReportLot.objects.filter(report_id=report.pk)
    dispositions = list(
        Disposition.objects.filter(report_id=report.pk)
        .order_by("id")
        .values_list("number", "state", "posted", "inspection_id")
    )
    asked = (report.inspection_id, *(inspection_id for *_, inspection_id in dispositions))
    inspections = {i for i in asked if i is not None}
    return ReportFacts(
        number=report.number,
        state=report.state,
        open=rows.aggregate(s=Sum("open"))["s"] or ZERO,
        waiting=tuple(n for n, state, *_ in dispositions if state == DispositionState.DECIDED),
        posted=tuple(n for n, _, posted, _ in dispositions if posted > 0),
        inspectors=_inspectors(inspections),
        inspections=", ".join(
            Inspection.objects.filter(pk__in=inspections).values_list("number", flat=True)
        ),
    )


def _inspectors(inspection_ids: set[UUID]) -> frozenset[UUID]:
    """Everybody who recorded in, or decided, one of these inspections."""
    if not inspection_ids:
        return frozenset()
    found = {
        one
        for kind in (InspectionResult, Reading)
        for one in kind.objects.filter(inspection_id__in=inspection_ids).values_list(
            "recorded_by", flat=True
        )
    }
    decided = Inspection.objects.filter(pk__in=inspection_ids).exclude(
        state=InspectionState.CANCELLED
    )
    deciders = decided.values_list("decided_by", flat=True)
    return frozenset(found | {one for one in deciders if one is not None})


def worst_class(inspection_id: UUID) -> SeverityClass | None:
    """The worst severity class of what an inspection found: defects counted, readings out."""
    flush()
    counts = DefectCount.objects.filter(result__inspection_id=inspection_id)
    out = Reading.objects.filter(inspection_id=inspection_id, is_in=False)
    found = {
        *counts.values_list("defect_code__severity_class", flat=True),
        *out.values_list("characteristic__severity_class", flat=True),
    }
    return next((one for one in SeverityClass if one in found), None)


def destroyed_in(inspection_id: UUID) -> dict[UUID, Decimal]:
    """By lot what was destroyed in the test of an inspection, in the stock unit."""
    flush()
    rows = InspectionLot.objects.filter(inspection_id=inspection_id, consumed__gt=0)
    return dict(rows.values_list("lot_id", "consumed"))


def find_report(actor: Actor, report_id: UUID) -> Reference:
    """The report that the actor may see, for what is kept about it; raises NotFound."""
    return _reference(get_report(actor, report_id))


def find_disposition(actor: Actor, disposition_id: UUID) -> Reference:
    """The disposition that the actor may see; raises NotFound."""
    return _reference(get_disposition(actor, disposition_id))


def find_concession(actor: Actor, concession_id: UUID) -> Reference:
    """The concession that the actor may see; raises NotFound."""
    return _reference(get_concession(actor, concession_id))


def _reference(row: Report | Disposition | Concession) -> Reference:
    return Reference(row.kind, row.pk, row.number, row.version)


def table_facts(report: Report) -> dict[str, Any]:
    """The inputs of both decision tables, as the report knows them."""
    known = report.estimated_cost is not None
    return {
        "severity_class": report.severity_class,
        "source": Source(report.source),
        "material_group": report.material.group,
        "is_cost_known": known,
        "estimated_cost": report.estimated_cost if known else ZERO,
        "currency": report.currency,
    }


def allowed_kinds(report: Report, lots: Iterable[ReportLot]) -> dict[str, list[Refusal]]:
    """For each kind of disposition what keeps goods that are open from being disposed of so."""
    allowed = decide(ALLOWED_DISPOSITIONS.code, **table_facts(report))
    open_lots = [row for row in lots if row.open > 0]
    return {
        kind: check_allowed(report.number, kind, allowed["kinds"])
        or [
            refusal
            for row in open_lots
            for refusal in check_disposition(
                kind,
                lot_facts(row),
                row.open,
                has_target=kind is DispositionKind.REGRADE,
            )
        ]
        for kind in DispositionKind
    }


def lot_facts(row: ReportLot) -> LotFacts:
    """What a disposition asks of a lot under a report."""
    return LotFacts(
        lot=row.lot.number,
        open=row.open,
        has_supplier=row.lot.supplier_id is not None,
        is_serial=row.lot.has_serials,
    )


def waiting_dispositions(rows: QuerySet[Disposition], what: Waiting) -> QuerySet[Disposition]:
    """Those of `rows` that are decided and wait for this."""
    rows = rows.filter(state=DispositionState.DECIDED)
    if what is Waiting.RETURN:
        return rows.filter(disposition_kind=DispositionKind.RETURN_TO_VENDOR)
    if what is Waiting.CARRYING_OUT:
        return rows.filter(disposition_kind__in=CARRIED_OUT, carried_out_at=None)
    if what is Waiting.VERDICT:
        return rows.filter(disposition_kind__in=INSPECTED, carried_out_at__isnull=False)
    conceded = Concession.objects.filter(disposition_id=OuterRef("pk"))
    return rows.filter(~Exists(conceded), disposition_kind__in=CONCEDED)


def with_actions(
    actor: Actor, dispositions: Iterable[Disposition], concessions: Iterable[Concession]
) -> list[tuple[Disposition, dict[str, list[Refusal]]]]:
    """The dispositions of a report, each with its verbs and what refuses them for this actor."""
    conceded = {one.disposition_id for one in concessions}
    return [
        (row, _allowed_on(actor, row, _facts_of(row, has_concession=row.pk in conceded)))
        for row in dispositions
    ]


def disposition_facts(disposition: Disposition) -> DispositionFacts:
    """The plain values that the rules of a disposition ask."""
    flush()
    conceded = Concession.objects.filter(disposition_id=disposition.pk)
    return _facts_of(disposition, has_concession=conceded.exists())


def _facts_of(disposition: Disposition, *, has_concession: bool) -> DispositionFacts:
    return DispositionFacts(
        number=disposition.number,
        kind=DispositionKind(disposition.disposition_kind),
        state=disposition.state,
        posted=disposition.posted,
        is_carried_out=disposition.carried_out_at is not None,
        has_concession=has_concession,
    )


def allowed_actions(actor: Actor, report: Report) -> dict[str, list[Refusal]]:
    """For each verb of a report what refuses it now, for this actor; nothing when possible."""
    facts, there = facts_of(report), where(report)
    found = {
        verb: permitted(actor, REPORT.verbs[verb].permission, there) + can(verb, facts, actor.id)
        for verb in ("dispose", "close", "reopen")
    }
    found["change"] = permitted(actor, "nonconformance.change_report", there)
    found["print"] = permitted(actor, "nonconformance.print_report", there)
    return found


def allowed_on_disposition(actor: Actor, disposition: Disposition) -> dict[str, list[Refusal]]:
    """For each verb of a disposition what refuses it now, for this actor."""
    return _allowed_on(actor, disposition, disposition_facts(disposition))


def _allowed_on(
    actor: Actor, disposition: Disposition, facts: DispositionFacts
) -> dict[str, list[Refusal]]:
    there = where(disposition.report)
    return {
        verb: permitted(actor, permission, there) + can_disposition(verb, facts)
        for verb, permission in (
            ("carry_out", DISPOSITION.verbs["carry_out"].permission),
            ("cancel", DISPOSITION.verbs["cancel"].permission),
            ("approve_concession", CONCESSION.verbs["approve"].permission),
            ("return_goods", "receiving.return_goods"),
        )
    }


def allowed_on_concession(actor: Actor, concession: Concession) -> dict[str, list[Refusal]]:
    """For each verb of a concession what refuses it now; it begins and ends by itself."""
    there = where(concession.report)
    return {"print": permitted(actor, "nonconformance.print_concession", there)}


# Of the lot of a concession and the parts that were split off it since, which took their share.
_REMAINING = b"""
with recursive parts(root, id) as (
  select x, x from unnest($1::uuid[]) x
  union all
  select p.root, l.id from parts p join stock_lot l on l.split_from_id = p.id
    and l.status = 'restricted')
select p.root, sum(b.remaining) from parts p join stock_lotbound b on b.lot_id = p.id group by 1
"""


def list_remaining(concessions: Iterable[Concession]) -> dict[UUID, Decimal]:
    """By concession: what may still be used under it, as stock counts it down."""
    flush()
    rows = list(concessions)
    left = dict(execute(_REMAINING, [[str(row.lot_id) for row in rows]])) if rows else {}
    return {
        row.pk: left.get(row.lot_id, ZERO)
        if row.state == "in_force"
        else (ZERO if row.state == "ended" else row.quantity)
        for row in rows
    }


def with_remaining(concessions: Iterable[Concession]) -> list[Concession]:
    """The concessions, each with its `remaining`."""
    rows = list(concessions)
    left = list_remaining(rows)
    for row in rows:
        row.remaining = left[row.pk]  # type: ignore[attr-defined]
    return rows

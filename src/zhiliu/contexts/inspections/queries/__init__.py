"""Reads of inspections."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from zhiliu.contexts.inspections.errors import NotFound
from zhiliu.contexts.inspections.models import (
    DefectCount,
    Inspection,
    InspectionLot,
    InspectionResult,
    QualityCode,
    UrgentRelease,
)
from zhiliu.contexts.inspections.permissions import READ, where
from zhiliu.contexts.inspections.rules import InspectionFacts, can
from zhiliu.contexts.inspections.states import INSPECTION
from zhiliu.kernel.actor import Actor
from zhiliu.kernel.command import Reference
from zhiliu.kernel.quantity import ZERO
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.errors import NotPermitted
from zhiliu.platform.access.public import within_scopes


def list_inspections(actor: Actor, lot_id: UUID | None = None) -> QuerySet[Inspection]:
    """Inspections that the actor may see (of one lot), with material, unit and supplier."""
    rows = Inspection.objects.filter(
        within_scopes(actor, READ, company="company_id", site="site_id", supplier="supplier_id")
    ).select_related("material__unit", "supplier", "revision")
    if lot_id is not None:
        covering = InspectionLot.objects.filter(lot_id=lot_id).values("inspection_id")
        rows = rows.filter(pk__in=covering)
    return rows


def get_inspection(actor: Actor, inspection_id: UUID) -> Inspection:
    """One inspection that the actor may see; raises NotFound."""
    found = list_inspections(actor).filter(pk=inspection_id).first()
    if found is None:
        raise NotFound(what="inspection", given=str(inspection_id))
    return found


def find_inspection(actor: Actor, inspection_id: UUID) -> Reference:
    """The inspection that the actor may see, for what is kept about it; raises NotFound."""
    inspection = get_inspection(actor, inspection_id)
    return Reference(Inspection.kind, inspection.pk, inspection.number, inspection.version)


def list_lots(inspection_id: UUID) -> list[InspectionLot]:
    """The lots of an inspection with their totals, in the order of their birth."""
    rows = InspectionLot.objects.filter(inspection_id=inspection_id).select_related("lot")
    return list(rows.order_by("lot_id"))


def list_results(inspection_id: UUID) -> list[InspectionResult]:
    """The results of an inspection, the latest, which counts, last."""
    rows = InspectionResult.objects.filter(inspection_id=inspection_id)
    return list(rows.order_by("ordinal"))


def list_defects(result_ids: Iterable[UUID]) -> dict[UUID, list[tuple[str, Decimal]]]:
    """(code, count) of each defect by result, the most frequent first."""
    found = defaultdict(list)
    rows = DefectCount.objects.filter(result_id__in=list(result_ids)).select_related("defect_code")
    for row in rows.order_by("-count", "defect_code__code"):
        found[row.result_id].append((row.defect_code.code, row.count))
    return found


def allowed_actions(
    actor: Actor, inspection: Inspection, lots: Iterable[InspectionLot]
) -> dict[str, list[Refusal]]:
    """For each verb what refuses it now, for this actor; nothing when it is possible."""
    rows = list(lots)
    facts = facts_of(
        inspection,
        sum((row.open for row in rows), ZERO),
        sum((row.consumed for row in rows), ZERO),
    )
    found = {}
    for verb, transition in INSPECTION.verbs.items():
        refusals = can(verb, facts)
        if not actor.may(transition.permission, where(inspection)):
            refusals.append(NotPermitted(operation=transition.permission))
        found[verb] = refusals
    return found


def facts_of(inspection: Inspection, open_: Decimal, consumed: Decimal) -> InspectionFacts:
    """The plain values that `rules` asks: of the inspection, and the sums over its lots."""
    return InspectionFacts(
        number=inspection.number,
        state=inspection.state,
        open=open_,
        consumed=consumed,
        inspected=inspection.inspected,
        nonconforming=inspection.nonconforming,
        opened_at=inspection.opened_at,
        result_at=inspection.result_at,
    )


def list_quality_codes(actor: Actor) -> QuerySet[QualityCode]:
    """Quality codes; they belong to no company: staff see all, partners' people none."""
    is_staff = any(
        scope.supplier_id is None and scope.customer_id is None for scope in actor.scopes(READ)
    )
    return QualityCode.objects.all() if is_staff else QualityCode.objects.none()


def get_quality_code(actor: Actor, quality_code_id: UUID) -> QualityCode:
    """One quality code that the actor may see; raises NotFound."""
    found = list_quality_codes(actor).filter(pk=quality_code_id).first()
    if found is None:
        raise NotFound(what="quality code", given=str(quality_code_id))
    return found


def list_urgent_releases(actor: Actor) -> QuerySet[UrgentRelease]:
    """Urgent releases that the actor may see, with lot and inspection; suppliers see none."""
    rows = UrgentRelease.objects.filter(
        within_scopes(actor, READ, company="company_id", site="site_id")
    )
    return rows.select_related("lot", "inspection")


def get_urgent_release(actor: Actor, urgent_release_id: UUID) -> UrgentRelease:
    """One urgent release that the actor may see; raises NotFound."""
    found = list_urgent_releases(actor).filter(pk=urgent_release_id).first()
    if found is None:
        raise NotFound(what="urgent release", given=str(urgent_release_id))
    return found

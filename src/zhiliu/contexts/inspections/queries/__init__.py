"""Reads of inspections."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from zhiliu.contexts.inspections.errors import (
    AlreadyDecided,
    NotFound,
    NotUrgent,
    UrgentReleaseRuns,
)
from zhiliu.contexts.inspections.models import (
    Inspection,
    InspectionLot,
    InspectionResult,
    InspectionSample,
    PlanCharacteristic,
    QualityCode,
    Reading,
    SampleDraw,
    SamplingChange,
    SamplingState,
    UrgentRelease,
)
from zhiliu.contexts.inspections.permissions import (
    INSPECTIONS,
    QUALITY_CODES,
    SAMPLING_STATES,
    URGENT_RELEASES,
    where,
    where_state,
    where_urgent,
)
from zhiliu.contexts.inspections.queries.summaries import summarised
from zhiliu.contexts.inspections.rules import (
    InspectionFacts,
    UrgentFacts,
    can,
    can_print,
    can_resume,
    can_urgent,
    check_samples,
)
from zhiliu.contexts.inspections.rules.samples import (
    SampleFacts,
)
from zhiliu.contexts.inspections.states import (
    INSPECTION,
    URGENT_RELEASE,
    InspectionState,
)
from zhiliu.contexts.stock.models import Lot
from zhiliu.contexts.stock.public import LotStatus
from zhiliu.kernel.actor import Actor
from zhiliu.kernel.command import Reference
from zhiliu.kernel.quantity import ZERO
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.public import permitted


def list_inspections(actor: Actor, lot_id: UUID | None = None) -> QuerySet[Inspection]:
    """Inspections that the actor may see (of one lot), with material, supplier and summary."""
    rows = Inspection.objects.filter(INSPECTIONS.filter(actor)).select_related(
        "material__unit", "supplier", "revision", "plan_version__plan"
    )
    if lot_id is not None:
        covering = InspectionLot.objects.filter(lot_id=lot_id).values("inspection_id")
        rows = rows.filter(pk__in=covering)
    return summarised(rows)


def of_lot(text: str) -> Q:
    """Inspections of a lot that has the text in its number or in the supplier's."""
    named = Q(lot__number__icontains=text) | Q(lot__supplier_lot__icontains=text)
    return Q(pk__in=InspectionLot.objects.filter(named).values("inspection_id"))


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


def list_readings(inspection_id: UUID) -> QuerySet[Reading]:
    """All readings of an inspection; `is_current` says which of a cell counts."""
    rows = mark_current(Reading.objects.filter(inspection_id=inspection_id))
    return rows.select_related("characteristic", "defect_code", "position_code")


def mark_current(rows: QuerySet[Reading]) -> QuerySet[Reading]:
    """Readings with `is_current`: false when a later one of the same cell counts instead."""
    later = Reading.objects.filter(
        inspection_id=OuterRef("inspection_id"),
        unit_no=OuterRef("unit_no"),
        characteristic_id=OuterRef("characteristic_id"),
        ordinal__gt=OuterRef("ordinal"),
    )
    return rows.annotate(is_current=~Exists(later))


def list_samples(inspection_id: UUID) -> list[tuple[InspectionSample, SampleFacts]]:
    """The samples of an inspection and where they stand, those of classes first."""
    rows = InspectionSample.objects.filter(inspection_id=inspection_id)
    rows = rows.select_related("characteristic").order_by(F("characteristic").asc(nulls_first=True))
    return [(row, _sample_facts(row)) for row in rows]


def _sample_facts(row: InspectionSample) -> SampleFacts:
    return SampleFacts(
        row.severity_class,
        row.characteristic_id,
        row.scheme,
        row.aql,
        row.severity,
        row.plan_letter,
        row.to_inspect,
        row.accept,
        row.reject,
        row.cells,
        row.read,
        row.found,
    )


def get_draw(inspection_id: UUID) -> SampleDraw:
    """The latest draw of an inspection under a plan."""
    found = SampleDraw.objects.filter(inspection_id=inspection_id).order_by("-ordinal").first()
    assert found is not None, "an inspection that follows a plan has a draw"
    return found


def list_characteristics(plan_version_id: UUID) -> list[PlanCharacteristic]:
    """The characteristics of a plan version, in their order, with their units."""
    rows = PlanCharacteristic.objects.filter(plan_version_id=plan_version_id)
    return list(rows.select_related("unit").order_by("ordinal"))


def list_sampling_states(actor: Actor) -> QuerySet[SamplingState]:
    """Sampling states that the actor may see: staff all, a supplier's people their own."""
    rows = SamplingState.objects.filter(SAMPLING_STATES.filter(actor))
    return rows.select_related("material", "supplier")


def get_sampling_state(actor: Actor, state_id: UUID) -> SamplingState:
    """One sampling state that the actor may see; raises NotFound."""
    found = list_sampling_states(actor).filter(pk=state_id).first()
    if found is None:
        raise NotFound(what="sampling state", given=str(state_id))
    return found


def list_sampling_changes(state_id: UUID) -> list[SamplingChange]:
    """The history of a sampling state, the oldest change first."""
    rows = SamplingChange.objects.filter(state_id=state_id).select_related("inspection")
    return list(rows.order_by("id"))


def list_results(inspection_id: UUID) -> list[InspectionResult]:
    """The results of an inspection, the latest, which counts, last."""
    rows = InspectionResult.objects.filter(inspection_id=inspection_id)
    return list(rows.select_related("characteristic").order_by("id"))


def allowed_actions(
    actor: Actor,
    inspection: Inspection,
    lots: Collection[InspectionLot],
    samples: Sequence[tuple[str, SampleFacts]] = (),
    lot_size: int = 0,
) -> dict[str, list[Refusal]]:
    """For each verb what refuses it now, for this actor; nothing when it is possible.

    `samples`, with their names, and `lot_size` are those of an inspection under a plan.
    """
    facts = facts_of_lots(inspection, lots)
    urgent = [row.lot.number for row in lots if row.lot.is_urgent and row.open]
    found = {}
    for verb, transition in INSPECTION.verbs.items():
        refusals = permitted(actor, transition.permission, where(inspection)) + can(verb, facts)
        if samples and not refusals and verb in ("accept", "judge"):
            refusals += check_samples(verb, facts, samples, lot_size)
        if verb == "cancel" and urgent:
            refusals.append(UrgentReleaseRuns(inspection.number, urgent[0]))
        found[verb] = refusals
    found["print"] = permitted(actor, "inspections.print_report", where(inspection)) + can_print(
        inspection.number, inspection.state
    )
    found["request_urgent_release"] = [
        *permitted(actor, URGENT_RELEASE.verbs["request"].permission, where_urgent(inspection)),
        *_against_urgency(inspection, lots),
    ]
    return found


def _against_urgency(inspection: Inspection, lots: Collection[InspectionLot]) -> list[Refusal]:
    if inspection.state != InspectionState.OPEN:
        return [AlreadyDecided(inspection=inspection.number, state=inspection.state)]
    if any(row.open and row.lot.status == LotStatus.AWAITING_INSPECTION for row in lots):
        return []
    return [NotUrgent(lot=row.lot.number, lot_status=row.lot.status) for row in lots]


def facts_of_lots(inspection: Inspection, lots: Iterable[InspectionLot]) -> InspectionFacts:
    """The plain values that `rules` asks of an inspection with the totals of its lots."""
    rows = list(lots)
    return facts_of(
        inspection,
        sum((row.open for row in rows), ZERO),
        sum((row.consumed for row in rows), ZERO),
    )


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
        follows_plan=inspection.plan_version_id is not None,
        is_counted_whole=inspection.result_count > 0,
    )


def list_quality_codes(actor: Actor) -> QuerySet[QualityCode]:
    """Quality codes; they belong to no company: staff see all, partners' people none."""
    return QualityCode.objects.filter(QUALITY_CODES.filter(actor))


def get_quality_code(actor: Actor, quality_code_id: UUID) -> QualityCode:
    """One quality code that the actor may see; raises NotFound."""
    found = list_quality_codes(actor).filter(pk=quality_code_id).first()
    if found is None:
        raise NotFound(what="quality code", given=str(quality_code_id))
    return found


def list_urgent_releases(actor: Actor) -> QuerySet[UrgentRelease]:
    """Urgent releases that the actor may see, with lot and inspection; suppliers see none."""
    rows = UrgentRelease.objects.filter(URGENT_RELEASES.filter(actor))
    return rows.select_related("lot__material__unit", "inspection")


def get_urgent_release(actor: Actor, urgent_release_id: UUID) -> UrgentRelease:
    """One urgent release that the actor may see; raises NotFound."""
    found = list_urgent_releases(actor).filter(pk=urgent_release_id).first()
    if found is None:
        raise NotFound(what="urgent release", given=str(urgent_release_id))
    return found


def urgent_facts(asked: UrgentRelease, lot: Lot) -> UrgentFacts:
    """The plain values that `rules` asks of an urgent release and its lot."""
    under = InspectionLot.objects.filter(lot_id=lot.pk, open__gt=0).first()
    return UrgentFacts(
        asked.number,
        asked.state,
        lot.number,
        lot.status,
        asked.requested_by,
        asked.quantity,
        under.open if under else ZERO,
    )


def urgent_actions(actor: Actor, asked: UrgentRelease) -> dict[str, list[Refusal]]:
    """For each verb of an urgent release what refuses it now, for this actor."""
    facts = urgent_facts(asked, asked.lot)
    return {
        verb: permitted(actor, URGENT_RELEASE.verbs[verb].permission, where_urgent(asked))
        + can_urgent(verb, facts, actor)
        for verb in ("approve", "refuse")
    }


def names_of_state(state: SamplingState) -> tuple[str, str, str, str]:
    """The numbers of material and supplier, the severity class, and the status."""
    return state.material.number, state.supplier.number, state.severity_class, state.status


def state_actions(actor: Actor, state: SamplingState) -> dict[str, list[Refusal]]:
    """For each verb of a sampling state what refuses it now, for this actor."""
    where = where_state(state)
    return {
        "declare_steady": permitted(actor, "inspections.declare_steady", where),
        "resume": permitted(actor, "inspections.resume_sampling", where)
        + can_resume(*names_of_state(state)),
    }


def find_urgent_release(actor: Actor, urgent_release_id: UUID) -> Reference:
    """The urgent release that the actor may see, for what is kept about it; raises NotFound."""
    row = get_urgent_release(actor, urgent_release_id)
    return Reference(UrgentRelease.kind, row.pk, row.number, row.version)

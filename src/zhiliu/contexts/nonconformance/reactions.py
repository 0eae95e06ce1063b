"""What nonconformance does when verdicts are given and when nonconforming goods change.

Stock asks here, too, whether a disposition lets blocked goods leave (docs/decisions/0014).
"""

from datetime import datetime

from zhiliu.contexts.catalog.events import CompanyAdded
from zhiliu.contexts.inspections.events import (
    InspectionAccepted,
    InspectionCancelled,
    InspectionNotAccepted,
    InspectionOpened,
    UnitsJudged,
    VerdictGiven,
)
from zhiliu.contexts.inspections.public import InspectionReason
from zhiliu.contexts.nonconformance.operations.concessions import CONCESSION_RANGE
from zhiliu.contexts.nonconformance.operations.dispositions import DISPOSITION_RANGE
from zhiliu.contexts.nonconformance.operations.following import (
    clear,
    follow_cancelled_inspection,
    follow_inspection,
    follow_split,
    follow_use,
    follow_verdict,
    permits,
    recount,
    refuse_others,
)
from zhiliu.contexts.nonconformance.operations.opening import REPORT_RANGE, open_by_verdict
from zhiliu.contexts.nonconformance.queries import destroyed_in
from zhiliu.contexts.nonconformance.states import Source
from zhiliu.contexts.stock.events import GoodsMoved, LotsMerged, LotSplit, SampleRetained
from zhiliu.contexts.stock.models import GenealogyEdge
from zhiliu.contexts.stock.public import MoveKind, ask_dispositions_of
from zhiliu.kernel.command import Command
from zhiliu.platform.evidence.public import flush
from zhiliu.platform.numbering.public import open_range
from zhiliu.platform.outbox.public import immediate

RANGES = ((REPORT_RANGE, "NCR"), (DISPOSITION_RANGE, "DSP"), (CONCESSION_RANGE, "CON"))
_COUNTED = frozenset({MoveKind.COUNT, MoveKind.OBSERVE, MoveKind.CONSUME_SAMPLE})
_USED = frozenset({MoveKind.ISSUE, MoveKind.SHIP, MoveKind.RETURN_ISSUE})

ask_dispositions_of(permits)


@immediate(CompanyAdded)
def open_number_ranges(event: CompanyAdded, command: Command, at: datetime) -> None:
    """A company can report, dispose and concede from the moment it exists."""
    for kind, prefix in RANGES:
        open_range(company_id=event.subject.id, kind=kind, prefix=prefix)


@immediate(InspectionNotAccepted)
def report_what_was_not_accepted(
    event: InspectionNotAccepted, command: Command, at: datetime
) -> None:
    """Goods that were not accepted are under a report from the same moment on.

    Of goods that were destroyed whole in test the report says so: none of them waits.
    """
    if event.lots:
        _follow(event, Source.VERDICT, command, at)
        return
    gone = destroyed_in(event.subject.id)
    open_by_verdict(event=event, source=Source.VERDICT, lots=gone, command=command, at=at)
    for lot_id in sorted(gone):
        recount(lot_id=lot_id, command=command, at=at)


@immediate(UnitsJudged)
def report_what_was_judged_bad(event: UnitsJudged, command: Command, at: datetime) -> None:
    """The bad units of goods that were judged unit by unit are under a report."""
    _follow(event, Source.UNITS_FOUND, command, at)


@immediate(InspectionAccepted)
def report_what_was_taken_out(event: InspectionAccepted, command: Command, at: datetime) -> None:
    """Nonconforming units found in an accepted sample are under a report."""
    _follow(event, Source.UNITS_FOUND, command, at)


def _follow(event: VerdictGiven, source: Source, command: Command, at: datetime) -> None:
    bad = {lot["lot_id"]: lot["quantity"] for lot in event.lots if not lot["is_accepted"]}
    # goods of a first inspection cannot be under a report: their lots are new, or under inspection
    known = set()
    if event.reason != InspectionReason.ORIGINAL:
        known = follow_verdict(event=event, command=command, at=at)
    new = {lot_id: quantity for lot_id, quantity in bad.items() if lot_id not in known}
    if new:
        report = open_by_verdict(event=event, source=source, lots=new, command=command, at=at)
        assert report.inspection is not None
        if report.inspection.is_urgent:  # what was used before the verdict waits for no disposition
            for lot_id in sorted(new):
                recount(lot_id=lot_id, command=command, at=at)


@immediate(InspectionOpened)
def inspection_opened(event: InspectionOpened, command: Command, at: datetime) -> None:
    """The inspection that a disposition waits for is named in it; no other may be opened."""
    if event.reason != InspectionReason.ORIGINAL:
        ids = [lot["lot_id"] for lot in event.lots]
        follow_inspection(inspection=event.subject, lot_ids=ids, command=command)


@immediate(InspectionCancelled)
def inspection_was_cancelled(event: InspectionCancelled, command: Command, at: datetime) -> None:
    """A disposition whose inspection was cancelled waits for another one."""
    follow_cancelled_inspection(inspection_id=event.subject.id, command=command)


@immediate(LotSplit)
def part_stays_under_report(event: LotSplit, command: Command, at: datetime) -> None:
    """A part of nonconforming goods is as nonconforming as the rest."""
    follow_split(lot_id=event.subject.id, part_id=event.part_id, quantity=event.quantity)


@immediate(SampleRetained)
def sample_was_retained(event: SampleRetained, command: Command, at: datetime) -> None:
    """What is kept as a sample needs no disposition."""
    clear(lot_id=event.subject.id, quantity=event.quantity, command=command)


@immediate(GoodsMoved)
def goods_were_counted_or_used(event: GoodsMoved, command: Command, at: datetime) -> None:
    """Only what is here is decided on; what is used counts a concession down."""
    if event.move_kind in _COUNTED:
        recount(lot_id=event.subject.id, command=command, at=at)
    if event.move_kind in _USED:
        follow_use(lot_id=event.subject.id, command=command, at=at)


@immediate(LotsMerged)
def no_report_is_merged_away(event: LotsMerged, command: Command, at: datetime) -> None:
    """Goods under a report keep their lots until they are disposed of."""
    flush()
    edges = GenealogyEdge.objects.filter(target_id=event.subject.id, edge_kind="merged")
    refuse_others(lot_ids=list(edges.values_list("source_id", flat=True)))

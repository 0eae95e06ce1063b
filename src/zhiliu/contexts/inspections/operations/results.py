"""Recording what was counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.inspections import rules
from zhiliu.contexts.inspections.events import ResultRecorded
from zhiliu.contexts.inspections.models import DefectCount, Inspection, InspectionResult
from zhiliu.contexts.inspections.operations.locks import load_for_result, reference
from zhiliu.kernel.command import Command
from zhiliu.platform.evidence.public import record_appended, record_changed
from zhiliu.platform.outbox.public import record_event


@dataclass(frozen=True)
class Defect:
    """A defect code and how many of the nonconforming units show it, in the stock unit."""

    code: str
    count: Decimal


def record_result(
    *,
    inspection_id: UUID,
    inspected: Decimal,
    nonconforming: Decimal,
    defects: Sequence[Defect] = (),
    command: Command,
    at: datetime,
) -> Inspection:
    """Record n inspected and d nonconforming units, in the stock unit, with their defects.

    A further result corrects the one before and needs a reason. Raises NotFound, AlreadyDecided,
    TooEarly, CountTooFine, CountOutOfRange, DefectUnknown, DefectCountWrong, DefectMissing,
    ReasonMissing; emits ResultRecorded.
    """
    named = [(defect.code, defect.count) for defect in defects]
    loaded = load_for_result(inspection_id, [code for code, _ in named], command)
    inspection, facts = loaded.inspection, loaded.facts
    for refusal in (
        *rules.can("record_result", facts),
        *rules.check_time("record_result", facts, at),
        *rules.check_counts(facts, inspected, nonconforming, loaded.unit, loaded.decimals),
        *rules.check_defects(facts, nonconforming, named, loaded.defect_ids.keys()),
        *rules.check_correction(facts, command.reason),
    ):
        raise refusal

    record_changed(
        inspection,
        command,
        inspected=inspected,
        nonconforming=nonconforming,
        result_count=inspection.result_count + 1,
        result_at=at,
        result_by=command.actor.id,
    )
    ids = [(code, loaded.defect_ids[code], count) for code, count in named]
    _append(inspection, ids, command, at)
    return inspection


def _append(
    inspection: Inspection,
    defects: Sequence[tuple[str, UUID, Decimal]],
    command: Command,
    at: datetime,
) -> None:
    assert inspection.inspected is not None and inspection.nonconforming is not None
    result = record_appended(
        InspectionResult(
            inspection_id=inspection.pk,
            ordinal=inspection.result_count,
            inspected=inspection.inspected,
            nonconforming=inspection.nonconforming,
            recorded_by=command.actor.id,
            reason=command.reason,
            command_id=command.id,
            occurred_at=at,
        )
    )
    for _, defect_id, count in defects:
        record_appended(DefectCount(result_id=result.pk, defect_code_id=defect_id, count=count))
    record_event(
        ResultRecorded(
            subject=reference(inspection),
            company_id=inspection.company_id,
            site_id=inspection.site_id,
            result_id=result.pk,
            ordinal=result.ordinal,
            inspected=inspection.inspected,
            nonconforming=inspection.nonconforming,
            defects=tuple({"code": code, "count": count} for code, _, count in defects),
        ),
        command,
        at,
    )

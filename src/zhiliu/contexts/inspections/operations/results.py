"""Recording what was counted."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.contexts.inspections import rules
from zhiliu.contexts.inspections.events import ResultRecorded
from zhiliu.contexts.inspections.models import DefectCount, Inspection, InspectionResult
from zhiliu.contexts.inspections.operations.locks import (
    CodeIds,
    Named,
    load_for_result,
    reference,
)
from zhiliu.contexts.inspections.operations.totals import surely_different
from zhiliu.contexts.inspections.rules import Defect
from zhiliu.kernel.command import Command
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.evidence.public import record_appended, record_changed
from zhiliu.platform.outbox.public import record_event


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

    A further result corrects the one before and needs a reason. Under a plan the whole inspection
    is counted only where every unit was looked at; else its characteristics are read or counted.
    Raises NotFound, AlreadyDecided, TooEarly, CountTooFine, CountOutOfRange, PlanFollowed,
    DefectUnknown, PositionUnknown, DefectCountWrong, DefectMissing, ReasonMissing; emits
    ResultRecorded.
    """
    loaded = load_for_result(inspection_id, named_by(defects), command)
    inspection, facts = loaded.inspection, loaded.facts
    for refusal in (
        *rules.can("record_result", facts),
        *rules.check_time("record_result", facts, at),
        *rules.check_counts(facts, inspected, nonconforming, loaded.unit, loaded.decimals),
        *rules.check_whole(facts, inspected, nonconforming, _found(inspection)),
        *rules.check_defects(facts, nonconforming, defects, *loaded.codes),
        *rules.check_correction(inspection.result_count, command.reason),
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
    result = append_result(
        InspectionResult(
            inspection_id=inspection.pk,
            ordinal=inspection.result_count,
            inspected=inspected,
            nonconforming=nonconforming,
        ),
        defects,
        loaded.codes,
        command,
        at,
    )
    record_event(
        ResultRecorded(
            subject=reference(inspection),
            company_id=inspection.company_id,
            site_id=inspection.site_id,
            result_id=result.pk,
            ordinal=result.ordinal,
            inspected=inspected,
            nonconforming=nonconforming,
            defects=told_defects(defects),
        ),
        command,
        at,
    )
    return inspection


def _found(inspection: Inspection) -> Decimal:
    """What readings and counted characteristics have found for sure."""
    return surely_different(inspection.pk) if inspection.plan_version_id else ZERO


def append_result(
    result: InspectionResult,
    defects: Sequence[Defect],
    codes: CodeIds,
    command: Command,
    at: datetime,
) -> InspectionResult:
    """Queue a result with its defects, as recorded by the command."""
    result.recorded_by = command.actor.id
    result.reason = command.reason
    result.command_id = command.id
    result.occurred_at = at
    record_appended(result)
    for defect in defects:
        record_appended(
            DefectCount(
                result_id=result.pk,
                defect_code_id=codes.defects[defect.code],
                position_code_id=codes.positions[defect.position] if defect.position else None,
                count=defect.count,
            )
        )
    return result


def told_defects(defects: Sequence[Defect]) -> tuple[dict[str, Any], ...]:
    """Defects as events tell them."""
    return tuple(asdict(defect) for defect in defects)


def named_by(defects: Sequence[Defect]) -> Named:
    """The codes that counted defects name."""
    return Named([d.code for d in defects], [d.position for d in defects if d.position])

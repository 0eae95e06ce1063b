"""Counting an attribute of the sample, where nobody notes which unit it was."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.catalog.public import CharacteristicKind
from zhiliu.contexts.inspections import rules
from zhiliu.contexts.inspections.errors import NotCountable
from zhiliu.contexts.inspections.events import CharacteristicCounted
from zhiliu.contexts.inspections.models import (
    Inspection,
    InspectionResult,
    InspectionSample,
    Reading,
)
from zhiliu.contexts.inspections.operations.locks import reference
from zhiliu.contexts.inspections.operations.results import append_result, named_by, told_defects
from zhiliu.contexts.inspections.operations.sampled import (
    Count,
    LoadedForReadings,
    Recorded,
    Standing,
    check_followed,
    load_for_readings,
    sample_of,
    stand,
)
from zhiliu.contexts.inspections.operations.totals import count_units
from zhiliu.contexts.inspections.queries import facts_of
from zhiliu.contexts.inspections.rules import Defect
from zhiliu.contexts.inspections.rules.readings import Characteristic
from zhiliu.contexts.inspections.rules.samples import PlanContent
from zhiliu.kernel.command import Command
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.evidence.public import current, record_changed
from zhiliu.platform.outbox.public import record_event


def count_characteristic(
    *,
    inspection_id: UUID,
    characteristic: str,
    inspected: Decimal,
    nonconforming: Decimal,
    defects: Sequence[Defect] = (),
    command: Command,
    at: datetime,
) -> Recorded:
    """Count an attribute of the sample: n units looked at, d of them nonconforming, with defects.

    Each defect says how many of the d units show it or, on the basis of nonconformities, how often
    it was found, which may be more than d.
    The counted form of readings: which units they were stays unknown. A further count of the
    characteristic corrects the one before and needs a reason. Raises NotFound, NoPlan,
    AlreadyDecided, TooEarly, EveryUnitCounted, NotCountable, CountTooFine, CountOutOfRange,
    DefectUnknown, PositionUnknown, DefectCountWrong, DefectMissing, ReasonMissing; emits
    CharacteristicCounted.
    """
    loaded = load_for_readings(inspection_id, (), named_by(defects), command)
    inspection = loaded.inspection
    content = check_followed(inspection, "count_characteristic", at)
    counted, place = _countable(loaded, content, characteristic)
    was, facts = loaded.counts.get(counted.id), facts_of(inspection, ZERO, ZERO)
    _, basis, sample = loaded.samples[place]
    counts = [defect.count for defect in defects]
    for refusal in (
        *rules.check_units(facts, inspected, nonconforming, sample.to_inspect, counts),
        *rules.check_defects(facts, nonconforming, defects, *loaded.codes, basis),
        *rules.check_correction(was.ordinal if was else 0, command.reason),
    ):
        raise refusal

    shown = int(sum(counts, ZERO))
    now = Count(was.ordinal + 1 if was else 1, int(inspected), int(nonconforming), shown)
    gained = _count(loaded, counted.id, place, now, command, at)
    result = append_result(
        InspectionResult(
            inspection_id=inspection.pk,
            characteristic_id=counted.id,
            ordinal=now.ordinal,
            inspected=inspected,
            nonconforming=nonconforming,
        ),
        defects,
        loaded.codes,
        command,
        at,
    )
    standing = stand(content, loaded.samples, {place: gained})
    _tell(inspection, characteristic, result, defects, standing, command, at)
    return Recorded(inspection, [], standing)


def _tell(
    inspection: Inspection,
    characteristic: str,
    result: InspectionResult,
    defects: Sequence[Defect],
    standing: Standing,
    command: Command,
    at: datetime,
) -> None:
    record_event(
        CharacteristicCounted(
            subject=reference(inspection),
            company_id=inspection.company_id,
            site_id=inspection.site_id,
            result_id=result.pk,
            characteristic=characteristic,
            ordinal=result.ordinal,
            inspected=result.inspected,
            nonconforming=result.nonconforming,
            defects=told_defects(defects),
            samples=tuple(facts.told(code) for code, facts in standing),
        ),
        command,
        at,
    )


def _count(
    loaded: LoadedForReadings,
    characteristic_id: UUID,
    place: int,
    now: Count,
    command: Command,
    at: datetime,
) -> tuple[int, int]:
    """Count `now` instead of what was counted before; what the sample gains in d and readings."""
    sample_id, basis, _ = loaded.samples[place]
    was = loaded.counts.get(characteristic_id)
    found = now.found(basis) - (was.found(basis) if was else 0)
    read = now.inspected - (was.inspected if was else 0)
    current().add_to(
        InspectionSample,
        {"id": sample_id},
        insert=False,
        found=Decimal(found),
        read=Decimal(read),
    )
    inspection = loaded.inspection
    counts = {**loaded.counts, characteristic_id: now}
    inspected, nonconforming = count_units(inspection, counts, 0, 0)
    record_changed(
        inspection,
        command,
        inspected=inspected,
        nonconforming=nonconforming,
        reading_count=inspection.reading_count + 1,
        result_at=at,
        result_by=command.actor.id,
    )
    return found, read


def _countable(
    loaded: LoadedForReadings, content: PlanContent, code: str
) -> tuple[Characteristic, int]:
    """An attribute of which no unit was read, since counting it beside would count units twice,
    and the place of its sample; raises NotCountable."""
    found = content.characteristics.get(code)
    place = sample_of(content, loaded.samples).get(found.id) if found else None
    inspection = loaded.inspection
    if (
        found is None
        or place is None
        or found.kind != CharacteristicKind.ATTRIBUTE
        or Reading.objects.filter(inspection=inspection.pk, characteristic=found.id).exists()
    ):
        raise NotCountable(inspection=inspection.number, characteristic=code)
    return found, place

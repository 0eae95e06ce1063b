"""Loading an inspection under a plan: its samples, the units drawn, what was read of some units."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from zhiliu.contexts.inspections import rules
from zhiliu.contexts.inspections.errors import NotFound
from zhiliu.contexts.inspections.models import Inspection, SamplingState
from zhiliu.contexts.inspections.operations.locks import (
    CodeIds,
    Named,
    check_permitted,
    ids_of,
    listed,
    made,
)
from zhiliu.contexts.inspections.queries import facts_of
from zhiliu.contexts.inspections.queries.contents import get_plan_content
from zhiliu.contexts.inspections.rules.samples import PlanContent, SampleFacts
from zhiliu.contexts.inspections.states import CountingBasis, InspectionReason
from zhiliu.kernel.command import Command
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.evidence.public import LostUpdate, execute, flush


class Cell(NamedTuple):
    """The reading of a characteristic of a unit that counts now."""

    ordinal: int
    text: str
    value: Decimal | None
    is_in: bool | None
    gauge_id: UUID | None
    defect_id: UUID | None
    nonconformities: int
    position_id: UUID | None

    @property
    def said(self) -> tuple[Any, ...]:
        """What a correction would differ in."""
        gauge_id = self.gauge_id
        return (self.text, gauge_id, self.defect_id, self.nonconformities, self.position_id)


class Count(NamedTuple):
    """The count of a characteristic that counts now, in units; `shown`: nonconformities."""

    ordinal: int
    inspected: int
    nonconforming: int
    shown: int

    def found(self, basis: str) -> int:
        """What it adds to d."""
        return self.shown if basis == CountingBasis.NONCONFORMITIES else self.nonconforming


class Shown(NamedTuple):
    """One reading as it counts now; `is_in` is None where there is nothing to judge."""

    characteristic: str
    unit_no: int
    ordinal: int
    value: Decimal | None
    is_in: bool | None


Standing = list[tuple[str | None, SampleFacts]]  # with the code where it is not a class's sample


@dataclass(frozen=True)
class Recorded:
    """An inspection after a recording: the readings of the request and those calculated from them,
    and where each sample stands."""

    inspection: Inspection
    readings: list[Shown]
    samples: Standing


Sample = tuple[UUID, str, SampleFacts]  # id, basis, facts


@dataclass(frozen=True)
class LoadedForReadings:
    """A locked inspection with all that checking readings of some units asks.

    `cells` are what was read of the units asked about, by (characteristic id, unit); `counts` what
    was counted, by characteristic id. `codes` and `gauge_ids` are those of the codes and numbers
    asked about that may be used.
    """

    inspection: Inspection
    samples: list[Sample]
    lot_size: int
    cells: Mapping[tuple[UUID, int], Cell]
    counts: Mapping[UUID, Count]
    codes: CodeIds
    gauge_ids: Mapping[str, UUID]


@dataclass(frozen=True)
class Sampled:
    """What the samples of an inspection say to its verdict, and the states that they feed.

    `is_counted`: some characteristic was counted, so which units were found is not all known.
    """

    content: PlanContent
    samples: list[Sample]
    lot_size: int
    is_counted: bool
    states: Mapping[str, SamplingState]

    @property
    def named(self) -> list[tuple[str, SampleFacts]]:
        """The samples with the names that refusals give them."""
        standing = stand(self.content, self.samples, {})
        return [(code or facts.severity_class, facts) for code, facts in standing]


_SAMPLES = """
  (select json_agg(json_build_array(s.id, s.basis, s.severity_class, s.characteristic_id, s.scheme,
     s.aql::text, s.severity, s.plan_letter, s.to_inspect, s.accept, s.reject, s.cells, s.read,
     s.found) order by s.characteristic_id is not null, s.id)
   from inspections_inspectionsample s where s.inspection_id = $1::uuid)::text
"""

# `seen` is the version in this statement's snapshot. When the row was locked only after a wait, the
# inspection is as it is now but everything else as it was before: then the versions differ.
_LOAD = f"""
select {listed(Inspection, "i")},
  (select x.version from inspections_inspection x where x.id = $1::uuid) as seen,
  {_SAMPLES},
  (select d.lot_size from inspections_sampledraw d
   where d.inspection_id = $1::uuid order by d.ordinal desc limit 1),
  (select json_agg(json_build_array(c.characteristic_id, c.unit_no, c.ordinal, c.text,
     c.value::text, c.is_in, c.gauge_id, c.defect_code_id, c.nonconformities,
     c.position_code_id))
   from (select distinct on (r.unit_no, r.characteristic_id) r.* from inspections_reading r
     where r.inspection_id = $1::uuid and r.unit_no = any($2::int[])
     order by r.unit_no, r.characteristic_id, r.ordinal desc) c)::text,
  (select json_agg(json_build_array(c.characteristic_id, c.ordinal, c.inspected::bigint,
     c.nonconforming::bigint, (select coalesce(sum(f.count), 0)::bigint
       from inspections_defectcount f where f.result_id = c.id)))
   from (select distinct on (r.characteristic_id) r.* from inspections_inspectionresult r
     where r.inspection_id = $1::uuid and r.characteristic_id is not null
     order by r.characteristic_id, r.ordinal desc) c)::text,
  (select json_object_agg(d.code, d.id) from inspections_qualitycode d
   where d.catalogue = 'defect' and d.code = any($3::text[]) and d.is_active)::text,
  (select json_object_agg(p.code, p.id) from inspections_qualitycode p
   where p.catalogue = 'position' and p.code = any($5::text[]) and p.is_active)::text,
  (select json_object_agg(g.number, g.id) from equipment_gauge g
   where g.site_id = i.site_id and g.number = any($4::text[]))::text
from inspections_inspection i where i.id = $1::uuid for no key update of i
""".encode()  # noqa: S608 - only names of columns

_LOAD_STATES = f"""
with held as materialized (
  select {listed(SamplingState, "s")} from inspections_samplingstate s
  where s.material_id = $2::uuid and s.supplier_id = $3::uuid
  order by s.severity_class for no key update of s)
select {_SAMPLES},
  (select max(d.lot_size) from inspections_sampledraw d where d.inspection_id = $1::uuid),
  exists (select from inspections_inspectionresult r
    where r.inspection_id = $1::uuid and r.characteristic_id is not null), held.*
from (select 1) one left join held on true
""".encode()  # noqa: S608 - only names of columns


def load_for_readings(
    inspection_id: UUID,
    units: Collection[int],
    named: Named,
    command: Command,
) -> LoadedForReadings:
    """The inspection, exclusively locked, in one statement; raises NotFound.

    LostUpdate has the command tried again when somebody recorded something while this waited.
    """
    flush()
    codes = (list(named.defects), list(named.gauges), list(named.positions))
    asked: list[Any] = [str(inspection_id), [str(u) for u in units], *codes]
    rows = execute(_LOAD, asked)
    if not rows:
        raise NotFound(what="inspection", given=str(inspection_id))
    *values, seen, samples, lot_size, cells, counts, defects, positions, gauges = rows[0]
    inspection = made(Inspection, values)
    check_permitted(inspection, command)
    if inspection.version != seen:
        raise LostUpdate(f"{inspection.number} was at version {seen}, not {inspection.version}")
    return LoadedForReadings(
        inspection,
        _samples(samples),
        lot_size or 0,
        {(UUID(c[0]), c[1]): _cell(c) for c in json.loads(cells or "[]")},
        {UUID(c[0]): Count(*c[1:]) for c in json.loads(counts or "[]")},
        CodeIds(ids_of(defects), ids_of(positions)),
        ids_of(gauges),
    )


def load_sampled(inspection: Inspection) -> Sampled:
    """The samples of a locked inspection under a plan, in one statement.

    Of an original inspection also the states that it feeds, exclusively locked in key order, after
    everything else of a verdict; so inspections of one supplier feed them one after the other.
    """
    flush()
    assert inspection.plan_version_id is not None
    feeds = inspection.reason == InspectionReason.ORIGINAL and inspection.supplier_id
    supplier_id = str(inspection.supplier_id) if feeds else None
    rows = execute(_LOAD_STATES, [str(inspection.pk), str(inspection.material_id), supplier_id])
    states = [made(SamplingState, row[3:]) for row in rows if row[3] is not None]
    return Sampled(
        get_plan_content(inspection.plan_version_id),
        _samples(rows[0][0]),
        rows[0][1] or 0,
        rows[0][2],
        {state.severity_class: state for state in states},
    )


def check_followed(inspection: Inspection, verb: str, at: datetime) -> PlanContent:
    """The plan that a locked inspection follows, when `verb` may record something under it.

    Raises AlreadyDecided, TooEarly, NoPlan, EveryUnitCounted.
    """
    facts = facts_of(inspection, ZERO, ZERO)
    for refusal in (*rules.can(verb, facts), *rules.check_time(verb, facts, at)):
        raise refusal
    assert inspection.plan_version_id is not None
    return get_plan_content(inspection.plan_version_id)


def sample_of(content: PlanContent, samples: Sequence[Sample]) -> dict[UUID, int]:
    """Which of the samples each characteristic is read for: its own or that of its class."""
    places = {(f.severity_class, f.characteristic_id): n for n, (_, _, f) in enumerate(samples)}
    found = {}
    for c in content.characteristics.values():
        place = places.get((c.severity_class, c.id if c.has_own_sample else None))
        if place is not None:
            found[c.id] = place
    return found


def stand(
    content: PlanContent, samples: Sequence[Sample], gained: Mapping[int, tuple[int, int]]
) -> Standing:
    """Where each sample stands after what it `gained`: (d, readings) by its place."""
    codes = {c.id: c.code for c in content.characteristics.values()}
    return [
        (
            codes[facts.characteristic_id] if facts.characteristic_id else None,
            facts.moved(*gained.get(n, (0, 0))),
        )
        for n, (_, _, facts) in enumerate(samples)
    ]


def _samples(text: str | None) -> list[Sample]:
    return [(UUID(row[0]), row[1], _facts(row[2:])) for row in json.loads(text or "[]")]


def _facts(row: Sequence[Any]) -> SampleFacts:
    severity_class, characteristic_id, scheme, aql, *rest = row
    return SampleFacts(
        severity_class,
        UUID(characteristic_id) if characteristic_id else None,
        scheme,
        Decimal(aql) if aql else None,
        *rest,
    )


def _cell(row: Sequence[Any]) -> Cell:
    _, _, ordinal, text, value, is_in, gauge_id, defect_id, nonconformities, position_id = row
    return Cell(
        ordinal,
        text,
        Decimal(value) if value is not None else None,
        is_in,
        UUID(gauge_id) if gauge_id else None,
        UUID(defect_id) if defect_id else None,
        nonconformities,
        UUID(position_id) if position_id else None,
    )

"""Recording what was read of single units, a whole grid at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from zhiliu.contexts.equipment.public import GaugeFacts, can_use, gauges_for_use
from zhiliu.contexts.inspections import rules
from zhiliu.contexts.inspections.errors import ReadingsRefused, ReadingsSuspicious
from zhiliu.contexts.inspections.events import ReadingsRecorded
from zhiliu.contexts.inspections.models import InspectionSample, Reading
from zhiliu.contexts.inspections.operations.locks import Named, reference
from zhiliu.contexts.inspections.operations.sampled import (
    Cell,
    LoadedForReadings,
    Recorded,
    Shown,
    Standing,
    check_followed,
    load_for_readings,
    sample_of,
    stand,
)
from zhiliu.contexts.inspections.operations.totals import count_units
from zhiliu.contexts.inspections.rules.readings import (
    Characteristic,
    Judged,
    Unreadable,
    calculate,
    count_nonconformities,
    count_unit,
    judge_text,
)
from zhiliu.contexts.inspections.rules.samples import PlanContent
from zhiliu.kernel.command import Command
from zhiliu.kernel.formula import read_formula
from zhiliu.kernel.ids import new_id
from zhiliu.kernel.quantity import plain
from zhiliu.platform.evidence.public import current, record_changed
from zhiliu.platform.outbox.public import record_event


class ReadingIn(NamedTuple):
    """What was entered for one characteristic of one unit; gauge by number, defect and its
    position on the part by code.

    `nonconformities`: how often the defect was found on the unit, where each one counts.
    """

    characteristic: str
    unit_no: int
    text: str
    gauge: str | None = None
    defect: str | None = None
    nonconformities: int | None = None
    position: str | None = None


class _New(NamedTuple):
    characteristic: Characteristic
    unit_no: int
    text: str
    judged: Judged
    gauge: GaugeFacts | None
    defect_id: UUID | None
    nonconformities: int
    position_id: UUID | None
    was: Cell | None

    @property
    def said(self) -> tuple[Any, ...]:
        """What a correction would differ in."""
        gauge_id = self.gauge_id
        return (self.text, gauge_id, self.defect_id, self.nonconformities, self.position_id)

    @property
    def gauge_id(self) -> UUID | None:
        return self.gauge.id if self.gauge else None


def record_readings(
    *,
    inspection_id: UUID,
    readings: Sequence[ReadingIn],
    confirm: bool = False,
    command: Command,
    at: datetime,
) -> Recorded:
    """Record readings of units of the sample, all or none, and count them against Ac and Re.

    What was entered is kept as text beside its number; calculated characteristics follow by
    themselves. A cell that was read before keeps its reading, and a different one corrects it with
    the command's reason; the same once more changes nothing. `confirm` says that values beyond
    three tolerance widths were looked at. Costs one load and one write, whatever the size (and one
    load more when gauges are named or characteristics were counted).

    Raises NotFound, NoPlan, AlreadyDecided, TooEarly, EveryUnitCounted, ReadingsRefused with every
    cell that is wrong, ReadingsSuspicious; emits ReadingsRecorded.
    """
    loaded = load_for_readings(
        inspection_id,
        {r.unit_no for r in readings},
        Named(
            list({r.defect for r in readings if r.defect}),
            list({r.position for r in readings if r.position}),
            list({r.gauge for r in readings if r.gauge}),
        ),
        command,
    )
    inspection = loaded.inspection
    content = check_followed(inspection, "record_readings", at)
    grid = _Grid(loaded, content, command, at)
    for reading in readings:
        grid.enter(reading)
    grid.calculate()
    if grid.problems:
        raise ReadingsRefused(inspection.number, grid.problems)
    if grid.suspicious and not confirm:
        raise ReadingsSuspicious(inspection.number, grid.suspicious)
    if grid.new:
        _write(grid, command, at)
    return Recorded(inspection, list(grid.shown()), grid.standing())


@dataclass
class _Grid:
    """The cells of one request, judged one after the other."""

    loaded: LoadedForReadings
    content: PlanContent
    command: Command
    at: datetime
    entered: set[tuple[UUID, int]] = field(default_factory=set)
    new: dict[tuple[UUID, int], _New] = field(default_factory=dict)
    same: list[tuple[Characteristic, int, Cell]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    suspicious: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sample_of = sample_of(self.content, self.loaded.samples)

    def enter(self, reading: ReadingIn) -> None:
        """Judge one cell: it is new, the same as before, or a problem."""
        try:
            characteristic = self._place(reading)
            key = (characteristic.id, reading.unit_no)
            judged = judge_text(characteristic, reading.text)
            cell = _New(
                characteristic,
                reading.unit_no,
                reading.text,
                judged,
                self._gauge(characteristic, reading),
                self._defect(judged, reading),
                self._nonconformities(characteristic, judged, reading),
                self._position(judged, reading),
                self.loaded.cells.get(key),
            )
        except Unreadable as problem:
            self._refuse(reading.characteristic, reading.unit_no, problem.problem, problem.said)
            return
        was = cell.was
        if was and was.said == cell.said:
            self.same.append((characteristic, reading.unit_no, was))
            return
        if was and not self.command.reason.strip():
            self._refuse(characteristic.code, reading.unit_no, "reason_missing", {"was": was.text})
        if judged.is_suspicious:
            said = {
                "text": reading.text,
                "lower": characteristic.lower,
                "upper": characteristic.upper,
            }
            self.suspicious.append(_cell(characteristic.code, cell.unit_no, "suspicious", said))
        self.new[key] = cell

    def _place(self, reading: ReadingIn) -> Characteristic:
        """The characteristic of a cell that is in its sample and named for the first time."""
        characteristic = self.content.characteristics.get(reading.characteristic)
        if characteristic is None or characteristic.id not in self.sample_of:
            raise Unreadable("characteristic_unknown")
        if characteristic.id in self.loaded.counts:
            raise Unreadable("counted")
        if not self._is_sampled(characteristic.id, reading.unit_no):
            raise Unreadable("unit_unknown")
        if (characteristic.id, reading.unit_no) in self.entered:
            raise Unreadable("named_twice")
        self.entered.add((characteristic.id, reading.unit_no))
        return characteristic

    def _is_sampled(self, characteristic_id: UUID, unit_no: int) -> bool:
        facts = self.loaded.samples[self.sample_of[characteristic_id]][2]
        return 1 <= unit_no <= facts.to_inspect

    def _gauge(self, characteristic: Characteristic, reading: ReadingIn) -> GaugeFacts | None:
        if not reading.gauge:
            if characteristic.gauge_type_id is not None:
                raise Unreadable("gauge_missing")
            return None
        gauge_id = self.loaded.gauge_ids.get(reading.gauge)
        if gauge_id is None:
            raise Unreadable("gauge_unknown", given=reading.gauge)
        gauge = self._gauges[gauge_id]
        for refusal in can_use(gauge, characteristic.gauge_type or None):
            said = {f"given{'_zh' * (x == 'zh')}": refusal.sentence(x) for x in ("en", "zh")}
            raise Unreadable("gauge_unusable", **said)
        return gauge

    @cached_property
    def _gauges(self) -> Mapping[UUID, GaugeFacts]:
        ids = self.loaded.gauge_ids.values()
        return gauges_for_use(ids, self.at, self.loaded.inspection.site_id)

    def _defect(self, judged: Judged, reading: ReadingIn) -> UUID | None:
        if not reading.defect:
            if judged.is_in is False and judged.value is None:
                raise Unreadable("defect_missing")
            return None
        if judged.is_in is not False:
            raise Unreadable("defect_unwanted")
        found = self.loaded.codes.defects.get(reading.defect)
        if found is None:
            raise Unreadable("defect_unknown", given=reading.defect)
        return found

    def _nonconformities(
        self, characteristic: Characteristic, judged: Judged, reading: ReadingIn
    ) -> int:
        _, basis, _ = self.loaded.samples[self.sample_of[characteristic.id]]
        return count_nonconformities(characteristic, judged, reading.nonconformities, basis)

    def _position(self, judged: Judged, reading: ReadingIn) -> UUID | None:
        if not reading.position:
            return None
        if judged.is_in is not False:
            raise Unreadable("position_unwanted")
        found = self.loaded.codes.positions.get(reading.position)
        if found is None:
            raise Unreadable("position_unknown", given=reading.position)
        return found

    def _refuse(self, code: str, unit_no: int, problem: str, said: Mapping[str, Any]) -> None:
        self.problems.append(_cell(code, unit_no, problem, said))

    def calculate(self) -> None:
        """Work out what follows from the new numbers, unit by unit."""
        derived = [
            c for c in self.content.characteristics.values() if c.formula and c.id in self.sample_of
        ]
        if not derived:
            return
        codes = {c.id: c.code for c in self.content.characteristics.values() if not c.formula}
        values: dict[int, dict[str, Decimal]] = defaultdict(dict)
        for (characteristic_id, unit_no), cell in self.loaded.cells.items():
            if cell.value is not None and characteristic_id in codes:
                values[unit_no][codes[characteristic_id]] = cell.value
        units = sorted({unit_no for _, unit_no in self.new})
        for new in self.new.values():
            if new.judged.value is not None:
                values[new.unit_no][new.characteristic.code] = new.judged.value
        for unit_no in units:
            self._derive(derived, unit_no, values[unit_no])

    def _derive(
        self, derived: Sequence[Characteristic], unit_no: int, values: dict[str, Decimal]
    ) -> None:
        """Calculate what can be of one unit; what is calculated from calculated ones comes after
        them, and approval of the plan let no circle pass."""
        waiting = [c for c in derived if self._is_sampled(c.id, unit_no)]
        while ready := [c for c in waiting if read_formula(c.formula).names <= values.keys()]:
            waiting = [c for c in waiting if c not in ready]
            for characteristic in ready:
                self._add_calculated(characteristic, unit_no, values)

    def _add_calculated(
        self, characteristic: Characteristic, unit_no: int, values: dict[str, Decimal]
    ) -> None:
        try:
            judged = calculate(characteristic, values)
        except Unreadable as problem:
            self._refuse(characteristic.code, unit_no, problem.problem, problem.said)
            return
        key = (characteristic.id, unit_no)
        was = self.loaded.cells.get(key)
        assert judged.value is not None
        values[characteristic.code] = judged.value
        if was is None or was.value != judged.value:
            text, outs = plain(judged.value), int(judged.is_in is False)
            new = _New(characteristic, unit_no, text, judged, None, None, outs, None, was)
            self.new[key] = new

    @cached_property
    def gained(self) -> tuple[list[tuple[int, int]], int, int]:
        """What the new cells add: (d, readings) to each sample, inspected and bad units."""
        samples = self.loaded.samples
        outs: dict[tuple[int, int], int] = defaultdict(int)  # (unit, sample) -> out before
        for (characteristic_id, unit_no), cell in self.loaded.cells.items():
            outs[unit_no, self.sample_of[characteristic_id]] += cell.nonconformities
        after = outs.copy()
        read = [0] * len(samples)
        for (characteristic_id, unit_no), new in self.new.items():
            n = self.sample_of[characteristic_id]
            after[unit_no, n] += new.nonconformities - (new.was.nonconformities if new.was else 0)
            read[n] += new.was is None and not new.characteristic.formula
        found = [0] * len(samples)
        for (unit_no, n), count in after.items():
            basis = samples[n][1]
            found[n] += count_unit(count, basis) - count_unit(outs[unit_no, n], basis)
        units = {unit_no for _, unit_no in self.new}
        seen = {unit_no for _, unit_no in self.loaded.cells}
        bad = len(_bad(after)) - len(_bad(outs))
        return list(zip(found, read, strict=True)), len(units - seen), bad

    def standing(self) -> Standing:
        """Where each sample stands with the new cells."""
        return stand(self.content, self.loaded.samples, dict(enumerate(self.gained[0])))

    def shown(self) -> Iterator[Shown]:
        """The readings of the request, and those calculated from them, as they count now."""
        for characteristic, unit_no, cell in self.same:
            yield Shown(characteristic.code, unit_no, cell.ordinal, cell.value, cell.is_in)
        for new in self.new.values():
            yield Shown(
                new.characteristic.code,
                new.unit_no,
                new.was.ordinal + 1 if new.was else 1,
                new.judged.value,
                new.judged.is_in,
            )


def _bad(outs: Mapping[tuple[int, int], int]) -> set[int]:
    return {unit_no for (unit_no, _), count in outs.items() if count > 0}


def _cell(code: str, unit_no: int, problem: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """One cell of a refusal, with its sentence in both languages."""
    values = {"characteristic": code, "unit_no": unit_no, **said}
    shown = {k: plain(v) if isinstance(v, Decimal) else v for k, v in values.items()}
    en, zh = rules.PROBLEMS[problem]
    return {
        "characteristic": code,
        "unit_no": unit_no,
        "problem": problem,
        "en": en.format_map(shown),
        "zh": zh.format_map(shown),
    }


def _write(grid: _Grid, command: Command, at: datetime) -> None:
    new, inspection = list(grid.new.values()), grid.loaded.inspection
    samples, units, bad = grid.gained
    _insert(inspection.pk, new, command, at)
    for (sample_id, _, _), (found, read) in zip(grid.loaded.samples, samples, strict=True):
        current().add_to(
            InspectionSample,
            {"id": sample_id},
            insert=False,
            found=Decimal(found),
            read=Decimal(read),
        )
    inspected, nonconforming = count_units(inspection, grid.loaded.counts, units, bad)
    record_changed(
        inspection,
        command,
        inspected=inspected,
        nonconforming=nonconforming,
        reading_count=inspection.reading_count + len(new),
        result_at=at,
        result_by=command.actor.id,
    )
    record_event(
        ReadingsRecorded(
            subject=reference(inspection),
            company_id=inspection.company_id,
            site_id=inspection.site_id,
            readings=len(new),
            corrected=sum(1 for n in new if n.was),
            samples=tuple(facts.told(code) for code, facts in grid.standing()),
        ),
        command,
        at,
    )


def _insert(inspection_id: UUID, new: Sequence[_New], command: Command, at: datetime) -> None:
    current().insert_many(
        Reading,
        each={
            "id": [new_id() for _ in new],
            "characteristic_id": [n.characteristic.id for n in new],
            "unit_no": [n.unit_no for n in new],
            "ordinal": [n.was.ordinal + 1 if n.was else 1 for n in new],
            "text": [n.text for n in new],
            "value": [n.judged.value for n in new],
            "is_in": [n.judged.is_in for n in new],
            "nonconformities": [n.nonconformities for n in new],
            "position_code_id": [n.position_id for n in new],
            "is_confirmed": [n.judged.is_suspicious for n in new],
            "gauge_id": [n.gauge_id for n in new],
            "gauge_version": [n.gauge.version if n.gauge else None for n in new],
            "defect_code_id": [n.defect_id for n in new],
        },
        inspection_id=inspection_id,
        reason=command.reason,
        recorded_by=command.actor.id,
        command_id=command.id,
        occurred_at=at,
    )

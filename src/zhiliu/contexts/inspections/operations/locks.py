"""Loading and locking, in one statement each: lots, then their totals, then the inspection.

Whatever changes the goods of a lot holds the lot's row (stock.operations.locks), so a verdict that
holds the rows of all its lots sees totals that nobody else is changing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import models

from zhiliu.contexts.inspections.errors import NotFound
from zhiliu.contexts.inspections.models import Inspection, InspectionLot
from zhiliu.contexts.inspections.permissions import where
from zhiliu.contexts.inspections.queries import facts_of
from zhiliu.contexts.inspections.rules import InspectionFacts
from zhiliu.contexts.stock.models import Lot
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.evidence.public import LostUpdate, execute, flush

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class LotUnder:
    """A lot under inspection and what became of its quantity so far."""

    lot: Lot
    totals: InspectionLot


@dataclass(frozen=True)
class Loaded:
    """An inspection with its lots in the order of their ids, all locked."""

    inspection: Inspection
    lots: list[LotUnder]

    @property
    def open_lots(self) -> list[LotUnder]:
        """The lots that still have something to decide on."""
        return [under for under in self.lots if under.totals.open > 0]

    @property
    def facts(self) -> InspectionFacts:
        """What `rules` asks."""
        return facts_of(
            self.inspection,
            sum((under.totals.open for under in self.lots), ZERO),
            sum((under.totals.consumed for under in self.lots), ZERO),
        )


class Named(NamedTuple):
    """The codes and numbers that a request names."""

    defects: Sequence[str] = ()
    positions: Sequence[str] = ()
    gauges: Sequence[str] = ()


class CodeIds(NamedTuple):
    """The ids, by code, of those quality codes that were named and are in use."""

    defects: Mapping[str, UUID]
    positions: Mapping[str, UUID]


@dataclass(frozen=True)
class LoadedForResult:
    """A locked inspection with all that checking a counted result asks."""

    inspection: Inspection
    facts: InspectionFacts
    unit: str
    decimals: int
    codes: CodeIds


def reference(inspection: Inspection) -> Reference:
    """The inspection as a subject or voucher, at its present version."""
    return Reference(inspection.kind, inspection.pk, inspection.number, inspection.version)


def listed(model: type[models.Model], alias: str, prefix: str = "") -> str:
    names = (f.column for f in model._meta.concrete_fields)
    return ", ".join(f'{alias}."{n}" as "{prefix}{n}"' for n in names)


# The lots and their totals come out of the sort, that is all of them are locked, before the first
# lock on the inspection is asked for. What waited for a lock is read again as it is now.
_LOAD = f"""
with held as materialized (
  select {listed(Lot, "l", "l_")}, {listed(InspectionLot, "t", "t_")}
  from inspections_inspectionlot t join stock_lot l on l.id = t.lot_id
  where t.inspection_id = $1::uuid
  order by l.id for no key update of l, t)
select held.*, {listed(Inspection, "i", "i_")}
from held join inspections_inspection i on i.id = $1::uuid
order by held.l_id for no key update of i
""".encode()  # noqa: S608 - only names of columns

_LOAD_FOR_RESULT = f"""
select {listed(Inspection, "i")}, s.open, s.consumed, u.code, u.decimals,
  (select json_object_agg(d.code, d.id)::text from inspections_qualitycode d
   where d.catalogue = 'defect' and d.code = any($2::text[]) and d.is_active),
  (select json_object_agg(p.code, p.id)::text from inspections_qualitycode p
   where p.catalogue = 'position' and p.code = any($3::text[]) and p.is_active)
from inspections_inspection i
join catalog_material m on m.id = i.material_id
join catalog_unit u on u.id = m.unit_id
cross join lateral (
  select sum(t.open) as open, sum(t.consumed) as consumed
  from inspections_inspectionlot t where t.inspection_id = i.id) s
where i.id = $1::uuid for no key update of i
""".encode()  # noqa: S608 - only names of columns


def load_for_verdict(inspection_id: UUID, command: Command) -> Loaded:
    """The inspection and all its lots, exclusively locked; raises NotFound.

    A part that was split off while this waited is not among the rows that were found before the
    wait; `lot_count` tells, and LostUpdate has the whole command tried again.
    """
    flush()
    rows = execute(_LOAD, [str(inspection_id)])
    width, totals_end = len(Lot._meta.concrete_fields), len(InspectionLot._meta.concrete_fields)
    totals_end += width
    if not rows:
        raise NotFound(what="inspection", given=str(inspection_id))
    inspection = made(Inspection, rows[0][totals_end:])
    check_permitted(inspection, command)
    if inspection.lot_count != len(rows):
        raise LostUpdate(f"{inspection.number} has {inspection.lot_count} lots, not {len(rows)}")
    lots = [
        LotUnder(made(Lot, row[:width]), made(InspectionLot, row[width:totals_end])) for row in rows
    ]
    return Loaded(inspection, lots)


def load_for_result(inspection_id: UUID, named: Named, command: Command) -> LoadedForResult:
    """The inspection, locked, with the ids of those of the named codes that are in use.

    Raises NotFound.
    """
    flush()
    rows = execute(
        _LOAD_FOR_RESULT, [str(inspection_id), list(named.defects), list(named.positions)]
    )
    if not rows:
        raise NotFound(what="inspection", given=str(inspection_id))
    *values, open_, consumed, unit, decimals, defects, positions = rows[0]
    inspection = made(Inspection, values)
    check_permitted(inspection, command)
    facts = facts_of(inspection, open_, consumed)
    codes = CodeIds(ids_of(defects), ids_of(positions))
    return LoadedForResult(inspection, facts, unit, decimals, codes)


def ids_of(found: str | None) -> dict[str, UUID]:
    """Ids by code or number, out of a JSON object."""
    return {code: UUID(id_) for code, id_ in json.loads(found or "{}").items()}


def check_permitted(inspection: Inspection, command: Command) -> None:
    if not command.actor.may(command.operation, where(inspection)):
        raise NotFound(what="inspection", given=str(inspection.pk))


def made(model: type[M], values: Any) -> M:
    fields = model._meta.concrete_fields
    read = [
        json.loads(v) if isinstance(f, models.JSONField) and isinstance(v, str) else v
        for f, v in zip(fields, values, strict=True)
    ]
    return model.from_db(None, [f.attname for f in fields], read)

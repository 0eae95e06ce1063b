"""The running totals of lots under inspection (InspectionLot), changed only here.

The database refuses any total below zero and any row that does not add up (invariant I17).
"""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.inspections.models import Inspection, InspectionLot
from zhiliu.contexts.inspections.operations.sampled import Count
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.evidence.public import current, execute

_NONE = dict.fromkeys(
    ("presented", "accepted", "not_accepted", "open", "consumed", "retained"), ZERO
)


def present(inspection_id: UUID, lot_id: UUID, quantity: Decimal) -> None:
    """Present `quantity` of a lot to an inspection, to be decided on."""
    current().add_to(
        InspectionLot,
        {"inspection_id": inspection_id, "lot_id": lot_id},
        insert=True,
        **{**_NONE, "presented": quantity, "open": quantity},
    )


def adjust(inspection_id: UUID, lot_id: UUID, quantity: Decimal) -> None:
    """Add to (or, negative, take from) what is presented and open, such as goods that left."""
    _add(inspection_id, lot_id, presented=quantity, open=quantity)


def settle(inspection_id: UUID, lot_id: UUID, quantity: Decimal, to: str) -> None:
    """Turn `quantity` that is open into accepted, not_accepted, consumed or retained."""
    _add(inspection_id, lot_id, **{"open": -quantity, to: quantity})


def _add(inspection_id: UUID, lot_id: UUID, **deltas: Decimal) -> None:
    # all totals each time: a row born in the same command is then still one insert
    current().add_to(
        InspectionLot,
        {"inspection_id": inspection_id, "lot_id": lot_id},
        insert=False,
        **{**_NONE, **deltas},
    )


# Units with a reading, and those of them with one that is out, as the readings count now.
_READ_UNITS = b"""
select count(distinct unit_no), count(distinct unit_no) filter (where is_in = false)
from (select distinct on (unit_no, characteristic_id) unit_no, is_in from inspections_reading
  where inspection_id = $1::uuid order by unit_no, characteristic_id, ordinal desc) c
"""


def count_units(
    inspection: Inspection, counts: Mapping[UUID, Count], units: int, bad: int
) -> tuple[Decimal, Decimal]:
    """n and d of a locked inspection under a plan, `units` and `bad` more of them read just now.

    Which units a counted characteristic found is not known, so they are taken for others than
    those that were read, at most all that were inspected. Without counts nothing is read.
    """
    if not counts:
        return (inspection.inspected or ZERO) + units, (inspection.nonconforming or ZERO) + bad
    ((read, out),) = execute(_READ_UNITS, [str(inspection.pk)])
    inspected = max(read + units, *(c.inspected for c in counts.values()))
    nonconforming = out + bad + sum(c.nonconforming for c in counts.values())
    return Decimal(inspected), Decimal(min(nonconforming, inspected))


_CERTAIN = b"""
select greatest(
  (select count(distinct unit_no) from (
     select distinct on (unit_no, characteristic_id) unit_no, is_in from inspections_reading
     where inspection_id = $1::uuid order by unit_no, characteristic_id, ordinal desc) c
   where is_in = false),
  (select max(nonconforming) from (
     select distinct on (characteristic_id) nonconforming from inspections_inspectionresult
     where inspection_id = $1::uuid and characteristic_id is not null
     order by characteristic_id, ordinal desc) c))
"""


def surely_different(inspection_id: UUID) -> Decimal:
    """How many nonconforming units there are at least: those that were read, or those of the
    characteristic that was counted with most, if all others found the same ones."""
    return Decimal(execute(_CERTAIN, [str(inspection_id)])[0][0])

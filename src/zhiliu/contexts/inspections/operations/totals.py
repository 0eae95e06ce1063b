"""The running totals of lots under inspection (InspectionLot), changed only here.

The database refuses any total below zero and any row that does not add up (invariant I17).
"""

from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.inspections.models import InspectionLot
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.evidence.public import current

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

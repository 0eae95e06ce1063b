"""What an open inspection does when the goods under it change: split, sampled, gone, counted.

Called from reactions, inside an operation of stock that holds the lot's row. Such an operation
flushed when it took that row, so what earlier operations of the command queued can be read here.
"""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from zhiliu.contexts.inspections.models import Inspection, InspectionLot
from zhiliu.contexts.inspections.operations.totals import adjust, present, settle
from zhiliu.contexts.inspections.operations.verdicts import cancel_locked
from zhiliu.contexts.inspections.queries.urgent import used_urgently
from zhiliu.contexts.stock.models import Balance
from zhiliu.kernel.command import Command
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.evidence.public import flush, record_changed


def join_part(*, lot_id: UUID, part_id: UUID, quantity: Decimal, command: Command) -> None:
    """Take a part that was split off its lot under the same inspection, if there is an open one.

    The inspection's version rises, so that a verdict that did not see the part is tried again.
    """
    row = _open_row(lot_id)
    if row is None:
        return
    adjust(row.inspection_id, lot_id, -quantity)
    present(row.inspection_id, part_id, quantity)
    inspection = _lock(row.inspection_id)
    record_changed(inspection, command, lot_count=inspection.lot_count + 1)


def settle_sample(*, lot_id: UUID, quantity: Decimal, to: str) -> None:
    """Count a sample of a lot as consumed or retained in its open inspection, if there is one."""
    row = _open_row(lot_id)
    if row is not None:
        settle(row.inspection_id, lot_id, quantity, to)


def recount(*, lot_id: UUID, command: Command, at: datetime) -> None:
    """Present what is on hand of a lot now, after goods left it or a count changed it.

    What was used under an urgent release stays under the inspection: its verdict is about that
    too. An inspection under which nothing is left, such as after a return before the verdict, is
    cancelled. Totals, balances and moves are read by one statement, so two that take goods of one
    lot at the same time each see their own change only.
    """
    if _open_row(lot_id) is None:
        return
    flush()
    balances = Balance.objects.filter(lot_id=lot_id)
    on_hand = balances.order_by().values("lot_id").annotate(s=Sum("quantity")).values("s")
    row = _open_rows(lot_id).annotate(on_hand=on_hand, used=used_urgently([lot_id])).first()
    if row is None:
        return
    left = (row.on_hand or ZERO) + (row.used or ZERO)
    adjust(row.inspection_id, lot_id, left - row.open)
    if left > 0:
        return
    others = InspectionLot.objects.filter(inspection_id=row.inspection_id).exclude(lot_id=lot_id)
    if not others.filter(open__gt=0).exists():
        cancel_locked(_lock(row.inspection_id), command=command, at=at)


def _open_rows(lot_id: UUID):  # type: ignore[no-untyped-def]
    return InspectionLot.objects.filter(lot_id=lot_id, open__gt=0)


def _open_row(lot_id: UUID) -> InspectionLot | None:
    found: InspectionLot | None = _open_rows(lot_id).first()
    return found


def _lock(inspection_id: UUID) -> Inspection:
    return Inspection.objects.select_for_update(no_key=True).get(pk=inspection_id)

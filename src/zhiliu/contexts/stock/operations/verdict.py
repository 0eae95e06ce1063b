"""What a verdict does to several lots at once, on rows that its context has locked itself."""

from collections.abc import Iterable
from datetime import datetime

from zhiliu.contexts.stock.models import Lot
from zhiliu.contexts.stock.operations.status import set_status_of
from zhiliu.contexts.stock.states import LotStatus
from zhiliu.kernel.command import Command, Reference


def release_locked(
    *, lots: Iterable[Lot], voucher: Reference, command: Command, at: datetime
) -> None:
    """Set exclusively locked lots to released, as `release_lot` does; holds stay.

    Emits LotReleased per lot.
    """
    for lot in lots:
        set_status_of(lot, LotStatus.RELEASED, voucher, command, at, is_urgent=False)


def block_locked(
    *, lots: Iterable[Lot], voucher: Reference, command: Command, at: datetime
) -> None:
    """Set exclusively locked lots to blocked, as `block_lot` does. Emits LotBlocked per lot."""
    for lot in lots:
        set_status_of(lot, LotStatus.BLOCKED, voucher, command, at)

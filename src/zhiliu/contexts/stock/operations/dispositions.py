"""Asking whether blocked goods may leave: only a disposition lets them (DESIGN.md section 3).

Dispositions belong to a context above, which registers what answers here at start-up; with nobody
registered everything is refused (docs/decisions/0014).
"""

from datetime import datetime
from decimal import Decimal
from typing import Protocol

from zhiliu.contexts.stock.errors import NotDisposed
from zhiliu.contexts.stock.models import Lot
from zhiliu.contexts.stock.states import MoveKind
from zhiliu.kernel.command import Command, Reference


class Permits(Protocol):
    """Whether `voucher` lets so much of a locked lot leave so; counts it as posted if it does."""

    def __call__(
        self,
        *,
        voucher: Reference | None,
        lot: Lot,
        kind: MoveKind,
        quantity: Decimal,
        command: Command,
        at: datetime,
    ) -> bool: ...


_registered: list[Permits] = []


def ask_dispositions_of(permits: Permits) -> None:
    """Register what answers for dispositions; the latest one is asked."""
    _registered[:] = [permits]


def check_disposed(
    lot: Lot,
    voucher: Reference | None,
    kind: MoveKind,
    quantity: Decimal,
    command: Command,
    at: datetime,
) -> None:
    """Raise NotDisposed unless the voucher is a disposition that lets the blocked lot leave so."""
    if not any(
        permits(voucher=voucher, lot=lot, kind=kind, quantity=quantity, command=command, at=at)
        for permits in _registered
    ):
        raise NotDisposed(lot=lot.number)

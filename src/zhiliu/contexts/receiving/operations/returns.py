"""Sending goods back to their supplier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.contexts.partners.public import get_own_partner_id
from zhiliu.contexts.purchasing.public import LockedLine, lock_order_lines, record_returned
from zhiliu.contexts.receiving.errors import MixedReturn, NoSupplier, NotFound
from zhiliu.contexts.receiving.events import GoodsReturned
from zhiliu.contexts.receiving.models import SupplierReturn, SupplierReturnLine
from zhiliu.contexts.receiving.states import ArrivalLineKind
from zhiliu.contexts.stock.public import Part, return_to_vendor
from zhiliu.kernel.actor import Scope
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import execute, flush, record_appended, record_created
from zhiliu.platform.numbering.public import take_numbers
from zhiliu.platform.outbox.public import record_event

RETURN_RANGE = "receiving.supplier_return"


@dataclass(frozen=True)
class ReturnLine:
    """Goods of one lot at one place that go back; quantity in the stock unit.

    `owner_id` is the company unless said. `voucher` is the disposition of a blocked lot; of other
    goods the command's reason signs.
    """

    lot_id: UUID
    place_id: UUID
    quantity: Decimal
    owner_id: UUID | None = None
    serials: Sequence[str] = ()
    voucher: Reference | None = None


@dataclass(frozen=True)
class ReturnedGoods:
    """A supplier return with its lines; `lots` and `supplier` are human numbers."""

    supplier_return: SupplierReturn
    supplier: str
    supplier_name: str
    lines: list[SupplierReturnLine]
    lots: dict[UUID, str]


@dataclass(frozen=True)
class _Source:
    """Where a lot, or the lot that it was split from, came from."""

    lot_id: UUID
    lot: str
    company_id: UUID
    site_id: UUID
    material_id: UUID
    supplier_id: UUID | None
    supplier: str | None
    supplier_name: str | None
    order_line_id: UUID | None
    line_kind: str | None

    @property
    def counts_for(self) -> UUID | None:
        """The order line whose returned total this lot belongs to."""
        counted = (ArrivalLineKind.RECEIVED, ArrivalLineKind.SURPLUS)
        return self.order_line_id if self.line_kind in counted else None


def return_goods(*, lines: Sequence[ReturnLine], command: Command, at: datetime) -> ReturnedGoods:
    """Send goods back to the supplier they came from: one return per site and supplier.

    A line of blocked goods needs their disposition, others the command's reason. What was received
    for an order line is open again there. Raises NotFound, NoSupplier, MixedReturn, NotDisposed,
    VoucherMissing, BadQuantity, NotEnough, NotThereThen, SerialsWrong; emits GoodsMoved and
    GoodsReturned.
    """
    sources = _sources([line.lot_id for line in lines], command)
    first = sources[lines[0].lot_id]
    if first.supplier_id is None:
        raise NoSupplier(lot=first.lot)
    for source in sources.values():
        if (source.site_id, source.supplier_id) != (first.site_id, first.supplier_id):
            raise MixedReturn(lots=tuple(s.lot for s in sources.values()))
    counted = {s.counts_for for s in sources.values() if s.counts_for is not None}
    order_lines = lock_order_lines(sorted(counted, key=str))

    (number,) = take_numbers(company_id=first.company_id, kind=RETURN_RANGE)
    written = record_created(
        SupplierReturn(
            number=number,
            company_id=first.company_id,
            site_id=first.site_id,
            supplier_id=first.supplier_id,
            reason=command.reason.strip(),
            returned_at=at,
            returned_by=command.actor.id,
        ),
        command,
    )
    reference = Reference(SupplierReturn.kind, written.pk, number, written.version)
    rows = [
        _return_line(written, n, line, sources[line.lot_id], reference, command, at)
        for n, line in enumerate(lines, 1)
    ]
    _count_returned(rows, order_lines)
    record_event(_returned(reference, written, rows, sources), command, at)
    names = {s.lot_id: s.lot for s in sources.values()}
    return ReturnedGoods(written, first.supplier or "", first.supplier_name or "", rows, names)


def _return_line(
    written: SupplierReturn,
    n: int,
    line: ReturnLine,
    source: _Source,
    reference: Reference,
    command: Command,
    at: datetime,
) -> SupplierReturnLine:
    owner_id = line.owner_id or get_own_partner_id(source.company_id)
    return_to_vendor(
        lot_id=line.lot_id,
        part=Part(line.place_id, owner_id, line.quantity, line.serials),
        voucher=line.voucher or reference,
        command=command,
        at=at,
    )
    return record_appended(
        SupplierReturnLine(
            supplier_return_id=written.pk,
            line=n,
            lot_id=line.lot_id,
            place_id=line.place_id,
            owner_id=owner_id,
            quantity=line.quantity,
            order_line_id=source.counts_for,
            voucher_kind=line.voucher.kind if line.voucher else "",
            voucher_id=line.voucher.id if line.voucher else None,
            voucher_number=line.voucher.number if line.voucher else "",
        )
    )


def _count_returned(
    rows: Sequence[SupplierReturnLine], order_lines: dict[UUID, LockedLine]
) -> None:
    """Add up what the order lines get back, at most what they received: goods that a count found
    in a lot were never received."""
    left = {pk: one.line.received - one.line.returned for pk, one in order_lines.items()}
    for row in rows:
        if row.order_line_id is not None:
            counted = min(row.quantity, left[row.order_line_id])
            left[row.order_line_id] -= counted
            record_returned(row.order_line_id, counted)


def _sources(lot_ids: Sequence[UUID], command: Command) -> dict[UUID, _Source]:
    flush()
    rows = execute(_SOURCES, [[str(i) for i in lot_ids]])
    found = {row[0]: _Source(*row) for row in rows}
    for lot_id in lot_ids:
        source = found.get(lot_id)
        if source is None or not command.actor.may(
            command.operation, Scope(source.company_id, source.site_id, source.supplier_id)
        ):
            raise NotFound("lot", str(lot_id))
    return found


# A part that was split off came by the arrival line of the lot it was split from.
_SOURCES = b"""
with recursive up(asked, id, split_from_id) as (
  select l.id, l.id, l.split_from_id from stock_lot l where l.id = any($1::uuid[])
  union all
  select up.asked, l.id, l.split_from_id from up join stock_lot l on l.id = up.split_from_id)
select lot.id, lot.number, lot.company_id, lot.site_id, lot.material_id, lot.supplier_id,
  p.number, p.name,
  a.order_line_id, a.line_kind
from up
  join stock_lot lot on lot.id = up.asked
  left join partners_partner p on p.id = lot.supplier_id
  left join receiving_arrivalline a on a.lot_id = up.id
where up.split_from_id is null
order by lot.id
"""


def _returned(
    reference: Reference,
    written: SupplierReturn,
    rows: Sequence[SupplierReturnLine],
    sources: dict[UUID, _Source],
) -> GoodsReturned:
    lines: list[dict[str, Any]] = [
        {
            "lot_id": row.lot_id,
            "lot": sources[row.lot_id].lot,
            "material_id": sources[row.lot_id].material_id,
            "quantity": row.quantity,
            "order_line_id": row.order_line_id,
        }
        for row in rows
    ]
    return GoodsReturned(
        subject=reference,
        company_id=written.company_id,
        site_id=written.site_id,
        supplier_id=written.supplier_id,
        reason=written.reason,
        lines=tuple(lines),
    )

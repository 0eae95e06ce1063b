"""Reading a source's tables, and counting from the ledger what a replay did."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection

from zhiliu.contexts.connectors.errors import SourceMissing, SourceUnreadable
from zhiliu.contexts.connectors.rules import Line, Order, Row, read_line, read_order
from zhiliu.kernel.quantity import plain

PACKAGED = Path(__file__).parent / "data" / "adventureworks"


def read_table(folder: Path, name: str) -> Iterator[Row]:
    """The rows of one table; raises SourceMissing."""
    file = folder / f"{name}.csv"
    if not file.is_file():
        raise SourceMissing(file=file.name)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def read_orders(folder: Path) -> list[Order]:
    """All purchase orders with their lines; raises SourceMissing, SourceUnreadable."""
    lines: dict[int, list[Line]] = {}
    for number, row in enumerate(read_table(folder, "purchase_order_detail"), start=2):
        try:
            line = read_line(row)
        except (ValueError, KeyError) as error:
            raise SourceUnreadable(
                file="purchase_order_detail.csv", row=number, problem=str(error)
            ) from error
        lines.setdefault(line.order, []).append(line)
    orders = []
    for number, row in enumerate(read_table(folder, "purchase_order_header"), start=2):
        try:
            key = int(row["purchase_order_id"])
            orders.append(read_order(row, tuple(lines.get(key, ()))))
        except (ValueError, KeyError) as error:
            raise SourceUnreadable(
                file="purchase_order_header.csv", row=number, problem=str(error)
            ) from error
    return [o for o in orders if o.lines]


def get_replay_totals(company_id: Any) -> dict[str, Any]:
    """What the replay did, counted from moves and balances of the lots of the source's orders.

    Quantities as decimal text: received = moves from the supplier, rejected = moves back to it,
    in_stock = what internal places hold now; the same by vendor and by product number.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with lots as (
              select l.id, m.number as product, p.number as vendor from stock_lot l
              join catalog_material m on m.id = l.material_id
              join partners_partner p on p.id = l.supplier_id
              where l.company_id = %s and l.supplier_id is not null
            ), moved as (
              select v.lot_id, sum(v.quantity) filter (where f.place_kind = 'supplier') as received,
                     sum(v.quantity) filter (where t.place_kind = 'supplier') as rejected,
                     sum(case when t.is_internal then v.quantity else 0 end)
                       - sum(case when f.is_internal then v.quantity else 0 end) as in_stock
              from stock_move v join stock_place f on f.id = v.from_place_id
              join stock_place t on t.id = v.to_place_id group by v.lot_id
            )
            select vendor, product, coalesce(sum(received), 0), coalesce(sum(rejected), 0),
                   coalesce(sum(in_stock), 0)
            from lots join moved on moved.lot_id = lots.id group by vendor, product
            order by vendor, product
            """,
            [company_id],
        )
        rows = cursor.fetchall()
    totals: dict[str, Any] = {
        "received": Decimal(0),
        "rejected": Decimal(0),
        "in_stock": Decimal(0),
    }
    names = tuple(totals)
    by_vendor: dict[str, dict[str, Decimal]] = {}
    by_product: dict[str, dict[str, Decimal]] = {}
    for vendor, product, *amounts in rows:
        for name, amount in zip(names, amounts, strict=True):
            totals[name] += amount
            for group, key in ((by_vendor, vendor), (by_product, product)):
                entry = group.setdefault(key, dict.fromkeys(names, Decimal(0)))
                entry[name] += amount
    return {
        **{n: plain(v) for n, v in totals.items()},
        "by_vendor": {k: {n: plain(x) for n, x in v.items()} for k, v in by_vendor.items()},
        "by_product": {k: {n: plain(x) for n, x in v.items()} for k, v in by_product.items()},
    }

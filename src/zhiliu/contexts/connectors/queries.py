"""Reading a source's tables, and counting from the ledger what a replay did."""

import csv
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from zhiliu.contexts.connectors import rules
from zhiliu.contexts.connectors.errors import SourceMissing, SourceUnreadable
from zhiliu.kernel.actor import IMPORT
from zhiliu.kernel.quantity import ZERO, plain

PACKAGED = Path(__file__).parent / "data" / "adventureworks"
NAMES = ("received", "rejected", "in_stock")
T = TypeVar("T")


def read_adventureworks(folder: Path) -> rules.Source:
    """All tables of a folder, checked row by row and against each other before anything is written.

    Raises SourceMissing, SourceUnreadable.
    """
    source = rules.Source(
        units=_read(folder, "unit_measure", rules.read_unit),
        locations=_read(folder, "location", rules.read_location),
        groups=_read(folder, "product_subcategory", rules.read_group),
        products=_read(folder, "product", rules.read_product),
        bills=_read(folder, "bill_of_materials", rules.read_bill_line),
        vendors=_read(folder, "vendor", rules.read_vendor),
        terms=_read(folder, "product_vendor", rules.read_terms),
        orders=_read(folder, "purchase_order_header", rules.read_order),
        lines=_read(folder, "purchase_order_detail", rules.read_line),
    )
    for problem in rules.find_problems(source):
        raise SourceUnreadable(f"{problem.table}.csv", problem.row, problem.en, problem.zh)
    return source


def _read(folder: Path, table: str, read: Callable[[int, rules.Row], T | None]) -> list[T]:
    found = []
    for n, row in _rows(folder / f"{table}.csv"):
        try:
            record = read(n, row)
        except KeyError as error:
            raise SourceUnreadable(
                f"{table}.csv", 1, f"it has no column {error}", f"缺少列 {error}"
            ) from error
        except rules.Unusable as error:
            raise SourceUnreadable(f"{table}.csv", n, str(error), error.zh) from error
        if record is not None:
            found.append(record)
    return found


def _rows(file: Path) -> Iterator[tuple[int, rules.Row]]:
    """The rows with their line numbers; every row has as many fields as the header."""
    n = 1
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines, strict=True)
            for n, row in enumerate(table, start=2):
                if None in row or None in row.values():
                    raise SourceUnreadable(
                        file.name, n, "it has not as many fields as the header", "列数与表头不一致"
                    )
                yield n, row
    except OSError as error:
        raise SourceMissing(str(file)) from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise SourceUnreadable(
            file.name, n + 1, f"it is no UTF-8 CSV ({error})", f"不是 UTF-8 的 CSV（{error}）"
        ) from error


def get_replay_totals(company_id: UUID) -> dict[str, Any]:
    """What became of the lots that the replay received, counted from the journal of moves.

    received: from the suppliers, by the actor import. rejected: back to them, by the same.
    in_stock: what internal places hold now of these lots and of parts split from them, so what
    people issue, scrap or return themselves leaves it. The same in `by_vendor` (by account number)
    and `by_product` (by product number). Whole quantities are numbers, others decimal text.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, {"company": company_id, "actor": IMPORT.id})
        rows = cursor.fetchall()
    totals = dict.fromkeys(NAMES, ZERO)
    by_vendor: dict[str, dict[str, Decimal]] = {}
    by_product: dict[str, dict[str, Decimal]] = {}
    for vendor, product, *amounts in rows:
        for sums in (
            totals,
            by_vendor.setdefault(vendor, dict.fromkeys(NAMES, ZERO)),
            by_product.setdefault(product, dict.fromkeys(NAMES, ZERO)),
        ):
            for name, amount in zip(NAMES, amounts, strict=True):
                sums[name] += amount
    return {
        **_shown(totals),
        "by_vendor": {key: _shown(sums) for key, sums in sorted(by_vendor.items())},
        "by_product": {key: _shown(sums) for key, sums in sorted(by_product.items())},
    }


def get_account(company_id: UUID, scheme: str, *, skip_lot: bool) -> rules.Account:
    """What a rehearsed scheme inspected and let through, counted from inspections and reports.

    Of a lot that is not accepted a sample has reached Re, also where every unit was looked at and
    the lot judged unit by unit.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNT, {"company": company_id})
        lots, skipped, not_accepted, inspected, sorted_, switches, escapes = cursor.fetchone()
    by_vendor = get_replay_totals(company_id)["by_vendor"]
    escaped = {vendor: int(units) for vendor, _, units in escapes}
    return rules.Account(
        scheme=scheme,
        skip_lot=skip_lot,
        lots=lots + skipped,
        lots_skipped=skipped,
        lots_not_accepted=not_accepted,
        lots_escaped=sum(count for _, count, _ in escapes),
        units_inspected=int(inspected),
        units_sorted=int(sorted_),
        switches=switches,
        vendors=[
            rules.VendorCount(vendor, sums["received"], sums["rejected"], escaped.get(vendor, 0))
            for vendor, sums in by_vendor.items()
        ],
    )


def _shown(sums: dict[str, Decimal]) -> dict[str, int | str]:
    return {n: int(v) if v == v.to_integral_value() else plain(v) for n, v in sums.items()}


_TOTALS = """
with recursive lots (lot_id, vendor_id, product_id) as (
  select l.id, l.supplier_id, l.material_id
  from stock_move m join stock_lot l on l.id = m.lot_id
  where m.company_id = %(company)s and m.actor_id = %(actor)s and m.move_kind = 'receive'
  union
  select part.id, lots.vendor_id, lots.product_id
  from lots join stock_lot part on part.split_from_id = lots.lot_id
)
select p.number, c.number,
  coalesce(sum(m.quantity) filter (
    where f.place_kind = 'supplier' and m.actor_id = %(actor)s), 0),
  coalesce(sum(m.quantity) filter (
    where t.place_kind = 'supplier' and m.actor_id = %(actor)s), 0),
  coalesce(sum(m.quantity) filter (where t.is_internal), 0)
    - coalesce(sum(m.quantity) filter (where f.is_internal), 0)
from lots
join stock_move m on m.lot_id = lots.lot_id
join stock_place f on f.id = m.from_place_id
join stock_place t on t.id = m.to_place_id
join partners_partner p on p.id = lots.vendor_id
join catalog_material c on c.id = lots.product_id
group by p.number, c.number
"""
_ACCOUNT = """
select
  count(*) filter (where i.reason = 'original'),
  (select count(*) from inspections_skipdraw d join stock_lot l on l.id = d.lot_id
   where d.inspection_id is null and l.company_id = %(company)s),
  count(*) filter (where i.reason = 'original' and exists (
    select from inspections_inspectionsample s
    where s.inspection_id = i.id and s.found >= s.reject)),
  coalesce(sum(i.inspected) filter (where i.reason = 'original'), 0),
  coalesce(sum(i.inspected) filter (where i.reason = 'reinspection'), 0),
  (select coalesce(json_object_agg(c.reason_code, c.count), '{}') from (
     select reason_code, count(*) from inspections_samplingchange
     where was <> '' group by reason_code) c),
  (select coalesce(json_agg(json_build_array(e.number, e.lots, e.units)), '[]') from (
     select p.number, count(*) as lots, sum(l.quantity) as units
     from nonconformance_report r
     join nonconformance_reportlot l on l.report_id = r.id
     join partners_partner p on p.id = r.supplier_id
     where r.source = 'escape' and r.company_id = %(company)s
     group by p.number) e)
from inspections_inspection i where i.company_id = %(company)s
"""

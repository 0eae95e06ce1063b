"""How rows of AdventureWorks read as Zhiliu's words. Pure: no database, no files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from datetime import time as day_time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from zhiliu.kernel.quantity import ZERO, exact, plain

Row = Mapping[str, str]

# The database has no site and no time zone; the maker's home is near Seattle (an assumption).
TIME_ZONE = "America/Los_Angeles"
OPENING_HOUR = 8
HOUR = timedelta(hours=1)
STOCK_UNIT = "EA"
PIECES = frozenset({"BOX", "BTL", "CAN", "CAR", "CR", "CS", "CTN", "DZ", "EA", "PAK", "PAL", "PC"})


@dataclass(frozen=True)
class Record:
    """What one row of a table says; `row` is its line in the file, 2 for the first."""

    row: int

    def content(self) -> dict[str, Any]:
        """All that the row says, field by field, without its line number."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "row"}


@dataclass(frozen=True)
class Unit(Record):
    """A unit code; the source has no factors."""

    code: str
    name: str

    @property
    def decimals(self) -> int:
        """Whole numbers for what is counted, three decimals for what is measured."""
        return 0 if self.code in PIECES else 3


@dataclass(frozen=True)
class Location(Record):
    """A place; those with a cost rate are work centres, the others store goods."""

    key: int
    name: str
    is_work_centre: bool


@dataclass(frozen=True)
class Group(Record):
    """A group of products."""

    key: str
    name: str


@dataclass(frozen=True)
class Product(Record):
    """A material; `group` is the key of its group, empty for components."""

    key: int
    number: str
    name: str
    group: str


@dataclass(frozen=True)
class BillLine(Record):
    """So much of a component goes into one assembly, from a date to (exclusive) another."""

    key: int
    assembly: int
    component: int
    quantity: Decimal
    unit: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Vendor(Record):
    """A supplier. Its active flag describes a later state than its orders and is not read."""

    key: int
    number: str
    name: str


@dataclass(frozen=True)
class Terms(Record):
    """What a supplier asks for a material: price and order quantities per stock unit."""

    product: int
    vendor: int
    price: Decimal
    lead_time_days: int
    min_quantity: Decimal
    max_quantity: Decimal


@dataclass(frozen=True)
class Line(Record):
    """One purchase line: what was ordered, what came, and what of it was rejected."""

    order: int
    key: int
    product: int
    due_date: date
    ordered: Decimal
    price: Decimal
    received: Decimal
    rejected: Decimal


@dataclass(frozen=True)
class Order(Record):
    """One purchase order. Its status describes a later state than its receipts and is not read."""

    key: int
    vendor: int
    order_date: date
    ship_date: date


@dataclass(frozen=True)
class Purchase:
    """An order with its lines, in the order of the source."""

    order: Order
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Source:
    """All that is read of AdventureWorks."""

    units: Sequence[Unit]
    locations: Sequence[Location]
    groups: Sequence[Group]
    products: Sequence[Product]
    bills: Sequence[BillLine]
    vendors: Sequence[Vendor]
    terms: Sequence[Terms]
    orders: Sequence[Order]
    lines: Sequence[Line]


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be used, in both languages."""

    table: str
    row: int
    en: str
    zh: str


class Unusable(ValueError):
    """A row's value is not what it should be; said in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.zh = zh


def read_unit(n: int, row: Row) -> Unit:
    """A unit; raises Unusable with what is wrong, as all readers here do."""
    return Unit(n, _text(row, "unit_measure_code"), _text(row, "name"))


def read_location(n: int, row: Row) -> Location:
    """A place."""
    return Location(
        n, _whole(row, "location_id"), _text(row, "name"), _number(row, "cost_rate") > 0
    )


def read_group(n: int, row: Row) -> Group:
    """A group of products."""
    return Group(n, _text(row, "product_subcategory_id"), _text(row, "name"))


def read_product(n: int, row: Row) -> Product:
    """A material."""
    key, number = _whole(row, "product_id"), _text(row, "product_number")
    return Product(n, key, number, _text(row, "name"), row["product_subcategory_id"])


def read_bill_line(n: int, row: Row) -> BillLine | None:
    """A line of a bill; None for the rows without an assembly, which only name what is sold."""
    if not row["product_assembly_id"]:
        return None
    return BillLine(
        n,
        key=_whole(row, "bill_of_materials_id"),
        assembly=_whole(row, "product_assembly_id"),
        component=_whole(row, "component_id"),
        quantity=_number(row, "per_assembly_qty"),
        unit=_text(row, "unit_measure_code"),
        valid_from=_day(row, "start_date"),
        valid_to=_day(row, "end_date") if row["end_date"] else None,
    )


def read_vendor(n: int, row: Row) -> Vendor:
    """A supplier."""
    return Vendor(
        n, _whole(row, "business_entity_id"), _text(row, "account_number"), _text(row, "name")
    )


def read_terms(n: int, row: Row) -> Terms:
    """A supplier's terms for a material."""
    return Terms(
        n,
        product=_whole(row, "product_id"),
        vendor=_whole(row, "business_entity_id"),
        price=_number(row, "standard_price"),
        lead_time_days=_whole(row, "average_lead_time"),
        min_quantity=_number(row, "min_order_qty"),
        max_quantity=_number(row, "max_order_qty"),
    )


def read_order(n: int, row: Row) -> Order:
    """A purchase order."""
    order = Order(
        n,
        key=_whole(row, "purchase_order_id"),
        vendor=_whole(row, "vendor_id"),
        order_date=_day(row, "order_date"),
        ship_date=_day(row, "ship_date"),
    )
    if order.ship_date < order.order_date:
        raise Unusable(
            f"ship_date {order.ship_date} lies before order_date {order.order_date}",
            f"ship_date {order.ship_date} 早于 order_date {order.order_date}",
        )
    return order


def read_line(n: int, row: Row) -> Line:
    """A purchase line; stocked_qty and line_total follow from the others and are not read."""
    line = Line(
        n,
        order=_whole(row, "purchase_order_id"),
        key=_whole(row, "purchase_order_detail_id"),
        product=_whole(row, "product_id"),
        due_date=_day(row, "due_date"),
        ordered=_pieces(row, "order_qty"),
        price=_number(row, "unit_price"),
        received=_pieces(row, "received_qty"),
        rejected=_pieces(row, "rejected_qty"),
    )
    if line.ordered <= 0:
        raise Unusable(
            f"order_qty {line.ordered} is not above 0", f"order_qty {line.ordered} 必须大于 0"
        )
    if not 0 <= line.rejected <= line.received:
        raise Unusable(
            f"rejected_qty {line.rejected} is not within received_qty {line.received}",
            f"rejected_qty {line.rejected} 不在 received_qty {line.received} 之内",
        )
    return line


def find_problems(source: Source) -> Iterator[Problem]:
    """Rows whose key is there twice, and rows that name something the source does not have."""
    units = {u.code for u in source.units}
    products, vendors = {p.key for p in source.products}, {v.key for v in source.vendors}
    groups = {g.key for g in source.groups} | {""}
    orders = {o.key for o in source.orders}
    if STOCK_UNIT not in units:
        yield Problem(
            "unit_measure", 1, f"no row has the unit {STOCK_UNIT}", f"缺少单位 {STOCK_UNIT}"
        )
    yield from _twice("unit_measure", [(u.row, u.code) for u in source.units])
    yield from _twice("location", [(x.row, x.key) for x in source.locations])
    yield from _twice("product", [(p.row, p.key) for p in source.products])
    yield from _twice("bill_of_materials", [(b.row, b.key) for b in source.bills])
    yield from _twice("vendor", [(v.row, v.key) for v in source.vendors])
    yield from _twice("product_vendor", [(t.row, (t.product, t.vendor)) for t in source.terms])
    yield from _twice("purchase_order_header", [(o.row, o.key) for o in source.orders])
    yield from _twice("purchase_order_detail", [(x.row, x.key) for x in source.lines])
    for p in source.products:
        yield from _unknown("product", p.row, "subcategory", p.group, groups)
    for b in source.bills:
        yield from _unknown("bill_of_materials", b.row, "product", b.assembly, products)
        yield from _unknown("bill_of_materials", b.row, "product", b.component, products)
        yield from _unknown("bill_of_materials", b.row, "unit", b.unit, units)
    for t in source.terms:
        yield from _unknown("product_vendor", t.row, "product", t.product, products)
        yield from _unknown("product_vendor", t.row, "vendor", t.vendor, vendors)
    for o in source.orders:
        yield from _unknown("purchase_order_header", o.row, "vendor", o.vendor, vendors)
    for x in source.lines:
        yield from _unknown("purchase_order_detail", x.row, "order", x.order, orders)
        yield from _unknown("purchase_order_detail", x.row, "product", x.product, products)


def purchases(source: Source, lines: int | None = None) -> list[Purchase]:
    """The orders by date, each with its lines: whole orders until `lines` lines are reached."""
    of_order: dict[int, list[Line]] = {}
    for line in source.lines:
        of_order.setdefault(line.order, []).append(line)
    found: list[Purchase] = []
    count = 0
    for order in sorted(source.orders, key=lambda o: (o.order_date, o.key)):
        if lines is not None and count >= lines:
            break
        if order.key in of_order:
            found.append(Purchase(order, tuple(of_order[order.key])))
            count += len(of_order[order.key])
    return found


def shares(rejected: Decimal, lots: Sequence[Decimal]) -> list[Decimal]:
    """How many of the rejected units to find in each lot of a line: the first lots first.

    A line has one lot, or a second one with what came above the ordered quantity.
    """
    left, found = rejected, []
    for quantity in lots:
        found.append(min(left, quantity))
        left -= found[-1]
    assert left == ZERO
    return found


def verdict(received: Decimal, rejected: Decimal) -> str:
    """Which verb of inspections decides: every unit was judged where only a part was rejected."""
    if not rejected:
        return "accept"
    return "not_accept" if rejected == received else "judge"


def site_time(day: date, hours_later: int = 0) -> datetime:
    """The opening hour of a day at the site, or some hours later."""
    opening = datetime.combine(day, day_time(OPENING_HOUR), ZoneInfo(TIME_ZONE))
    return opening + hours_later * HOUR


def _twice(table: str, keys: Sequence[tuple[int, object]]) -> Iterator[Problem]:
    seen = set()
    for row, key in keys:
        if key in seen:
            yield Problem(table, row, f"its key {key} is there twice", f"主键 {key} 重复")
        seen.add(key)


def _unknown(table: str, row: int, what: str, key: object, known: set[Any]) -> Iterator[Problem]:
    if key not in known:
        yield Problem(table, row, f"there is no {what} {key}", f"不存在 {what} {key}")


def _text(row: Row, name: str) -> str:
    if not row[name].strip():
        raise Unusable(f"{name} is empty", f"{name} 为空")
    return row[name]


def _whole(row: Row, name: str) -> int:
    try:
        return int(row[name])
    except ValueError:
        raise _unusable(row, name, "a whole number", "整数") from None


def _number(row: Row, name: str) -> Decimal:
    try:
        return Decimal(plain(exact(row[name])))  # 2.00 says the same as 2
    except ValueError:
        raise _unusable(row, name, "an exact number", "精确的数字") from None


def _pieces(row: Row, name: str) -> Decimal:
    number = _number(row, name)
    if number != number.to_integral_value():
        raise _unusable(row, name, "a whole number of pieces", "整数件")
    return number


def _day(row: Row, name: str) -> date:
    """A date; times of day are all midnight in the source and are left out."""
    try:
        return date.fromisoformat(row[name][:10])
    except ValueError:
        raise _unusable(row, name, "a date", "日期") from None


def _unusable(row: Row, name: str, en: str, zh: str) -> Unusable:
    return Unusable(f"{name} {row[name]!r} is not {en}", f"{name} {row[name]!r} 不是{zh}")

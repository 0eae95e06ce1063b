"""How rows of AdventureWorks read as Zhiliu's words. Pure: no database, no files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as day_time
from decimal import Decimal
from zoneinfo import ZoneInfo

from zhiliu.kernel.quantity import exact

Row = Mapping[str, str]

# The database has no site and no time zone; the maker's home is near Seattle (an assumption).
TIME_ZONE = "America/Los_Angeles"
PIECES = frozenset({"BOX", "BTL", "CAN", "CAR", "CR", "CS", "CTN", "DZ", "EA", "PAK", "PAL", "PC"})


@dataclass(frozen=True)
class Line:
    """One purchase line: what was ordered, what came, and what of it was rejected."""

    order: int
    detail: int
    product: int
    due_date: date
    ordered: Decimal
    price: Decimal
    received: Decimal
    rejected: Decimal


@dataclass(frozen=True)
class Order:
    """One purchase order with its lines in the order of the source."""

    number: int
    vendor: int
    order_date: date
    ship_date: date
    lines: tuple[Line, ...]


def read_line(row: Row) -> Line:
    """A purchase line; raises ValueError with what is wrong."""
    received, rejected = exact(row["received_qty"]), exact(row["rejected_qty"])
    if not 0 <= rejected <= received:
        raise ValueError(f"rejected {rejected} of {received} received")
    return Line(
        order=int(row["purchase_order_id"]),
        detail=int(row["purchase_order_detail_id"]),
        product=int(row["product_id"]),
        due_date=date.fromisoformat(row["due_date"][:10]),
        ordered=exact(row["order_qty"]),
        price=exact(row["unit_price"]),
        received=received,
        rejected=rejected,
    )


def read_order(row: Row, lines: tuple[Line, ...]) -> Order:
    """A purchase order with its lines; raises ValueError with what is wrong."""
    return Order(
        number=int(row["purchase_order_id"]),
        vendor=int(row["vendor_id"]),
        order_date=date.fromisoformat(row["order_date"][:10]),
        ship_date=date.fromisoformat(row["ship_date"][:10]),
        lines=lines,
    )


def unit_decimals(code: str) -> int:
    """Whole numbers for what is counted, three decimals for what is measured."""
    return 0 if code in PIECES else 3


def place_is_work_centre(row: Row) -> bool:
    """Places with a cost rate are work centres, the others store goods."""
    return Decimal(row["cost_rate"]) > 0


def site_hour(day: date, hour: int) -> datetime:
    """An hour of a day at the site."""
    return datetime.combine(day, day_time(hour), ZoneInfo(TIME_ZONE))


ORDERED_AT, ARRIVED_AT = 8, 8
HOUR = timedelta(hours=1)


def first_orders(orders: list[Order], lines: int | None) -> list[Order]:
    """The orders in the order of their dates, whole orders until `lines` lines are reached."""
    found: list[Order] = []
    count = 0
    for order in sorted(orders, key=lambda o: (o.order_date, o.number)):
        if lines is not None and count >= lines:
            break
        found.append(order)
        count += len(order.lines)
    return found

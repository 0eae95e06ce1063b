"""A small copy of the packaged source, and ways to change it."""

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from zhiliu.contexts.connectors.queries import PACKAGED

Rows = list[dict[str, str]]
# Came short; two lines; short and a part rejected; rejected whole.
ORDERS = ("1", "2", "4", "14")


def read(folder: Path, table: str) -> Rows:
    """The rows of one table."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(folder: Path, table: str, rows: Rows) -> None:
    """Write one table."""
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as lines:
        table_writer = csv.DictWriter(lines, list(rows[0]))
        table_writer.writeheader()
        table_writer.writerows(rows)


def change(folder: Path, table: str, n: int, **values: str) -> None:
    """Change one row of a copy; `n` is its line in the file."""
    rows = read(folder, table)
    rows[n - 2].update(values)
    write(folder, table, rows)


def small_copy(folder: Path, orders: tuple[str, ...] = ORDERS) -> Path:
    """A source with these orders, and of the other tables what they need and a few rows more."""
    lines = [r for r in read(PACKAGED, "purchase_order_detail") if r["purchase_order_id"] in orders]
    headers = [
        r for r in read(PACKAGED, "purchase_order_header") if r["purchase_order_id"] in orders
    ]
    products = {r["product_id"] for r in lines} | {"749", "680"}
    vendors = {r["vendor_id"] for r in headers}

    def only(table: str, is_kept: Callable[[dict[str, str]], bool]) -> None:
        write(folder, table, [r for r in read(PACKAGED, table) if is_kept(r)])

    folder.mkdir(exist_ok=True)
    write(folder, "purchase_order_detail", lines)
    write(folder, "purchase_order_header", headers)
    only("product", lambda r: r["product_id"] in products)
    only("vendor", lambda r: r["business_entity_id"] in vendors)
    only(
        "product_vendor",
        lambda r: r["product_id"] in products and r["business_entity_id"] in vendors,
    )
    only("unit_measure", lambda r: True)
    only("location", lambda r: True)
    only("product_subcategory", lambda r: True)
    bill = next(r for r in read(PACKAGED, "bill_of_materials") if r["product_assembly_id"])
    link = {"product_assembly_id": "749", "component_id": "680"}
    write(folder, "bill_of_materials", [bill | link, bill | {"product_assembly_id": ""}])
    return folder


def expected(folder: Path) -> dict[str, int]:
    """The totals that the purchase lines of a copy add up to."""
    rows = read(folder, "purchase_order_detail")
    received = sum(int(Decimal(r["received_qty"])) for r in rows)
    rejected = sum(int(Decimal(r["rejected_qty"])) for r in rows)
    return {"received": received, "rejected": rejected, "in_stock": received - rejected}

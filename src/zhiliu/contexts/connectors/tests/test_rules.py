"""Rows become words, wrong rows become sentences, and orders come in the order of their dates."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from zhiliu.contexts.connectors import rules

LINE = {
    "purchase_order_id": "4",
    "purchase_order_detail_id": "5",
    "due_date": "2011-04-30",
    "order_qty": "3",
    "product_id": "4",
    "unit_price": "57.0255",
    "received_qty": "2.00",
    "rejected_qty": "1",
    "stocked_qty": "1",
}
HEADER = {
    "purchase_order_id": "4",
    "vendor_id": "1650",
    "order_date": "2011-04-16",
    "ship_date": "2011-04-25T00:00:00",
    "status": "3",
}
BILL = {
    "bill_of_materials_id": "7",
    "product_assembly_id": "800",
    "component_id": "518",
    "start_date": "2010-07-08",
    "end_date": "",
    "unit_measure_code": "EA",
    "per_assembly_qty": "1",
}


def source(**tables):
    """A source with one row of everything, or with other tables."""
    one = {
        "units": [rules.Unit(2, "EA", "Each")],
        "locations": [rules.Location(2, 1, "Tool Crib", False)],
        "groups": [rules.Group(2, "1", "Mountain Bikes")],
        "products": [rules.Product(2, 4, "BE-2908", "Bearing Ball", "1")],
        "bills": [rules.BillLine(2, 7, 4, 4, Decimal(1), "EA", date(2010, 7, 8), None)],
        "vendors": [rules.Vendor(2, 1650, "LITWARE0001", "Litware")],
        "terms": [rules.Terms(2, 4, 1650, Decimal(1), 17, Decimal(1), Decimal(5))],
        "orders": [rules.read_order(2, HEADER)],
        "lines": [rules.read_line(2, LINE)],
    }
    return rules.Source(**{**one, **tables})


def test_a_line_says_what_was_ordered_received_and_rejected() -> None:
    line = rules.read_line(6, LINE)

    assert line == rules.Line(
        row=6,
        order=4,
        key=5,
        product=4,
        due_date=date(2011, 4, 30),
        ordered=Decimal(3),
        price=Decimal("57.0255"),
        received=Decimal(2),
        rejected=Decimal(1),
    )
    assert "row" not in line.content()
    assert line.content()["received"] == 2


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"received_qty": "many"}, "received_qty 'many' is not an exact number"),
        ({"received_qty": "NaN"}, "received_qty 'NaN' is not an exact number"),
        ({"received_qty": "2.5"}, "received_qty '2.5' is not a whole number of pieces"),
        ({"rejected_qty": "3"}, "rejected_qty 3 is not within received_qty 2"),
        ({"rejected_qty": "-1"}, "rejected_qty -1 is not within received_qty 2"),
        ({"order_qty": "0"}, "order_qty 0 is not above 0"),
        ({"product_id": "x"}, "product_id 'x' is not a whole number"),
        ({"due_date": "30.4.2011"}, "due_date '30.4.2011' is not a date"),
    ],
)
def test_a_wrong_line_is_explained_in_both_languages(values: dict[str, str], sentence: str) -> None:
    with pytest.raises(rules.Unusable) as raised:
        rules.read_line(2, LINE | values)

    assert str(raised.value) == sentence
    assert any("\u4e00" <= letter <= "\u9fff" for letter in raised.value.zh)


def test_goods_never_come_before_they_are_ordered() -> None:
    with pytest.raises(rules.Unusable, match="ship_date 2011-04-01 lies before order_date"):
        rules.read_order(2, HEADER | {"ship_date": "2011-04-01"})


def test_a_bill_row_without_an_assembly_is_left_out() -> None:
    read = rules.read_bill_line(2, BILL)

    assert read is not None and (read.valid_from, read.valid_to) == (date(2010, 7, 8), None)
    assert rules.read_bill_line(2, BILL | {"product_assembly_id": ""}) is None


def test_what_is_counted_is_whole_and_what_is_measured_has_three_decimals() -> None:
    assert [rules.Unit(2, code, code).decimals for code in ("EA", "DZ", "CTN")] == [0, 0, 0]
    assert [rules.Unit(2, code, code).decimals for code in ("OZ", "IN", "KG")] == [3, 3, 3]


def test_places_with_a_cost_rate_are_work_centres() -> None:
    row = {"location_id": "1", "name": "Tool Crib", "cost_rate": "0"}

    assert not rules.read_location(2, row).is_work_centre
    assert rules.read_location(2, row | {"cost_rate": "22.5"}).is_work_centre


LINE_ROW = rules.read_line(2, LINE)


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        ({"lines": [replace(LINE_ROW, product=9)]}, ("purchase_order_detail", 2, "product 9")),
        ({"lines": [replace(LINE_ROW, order=9)]}, ("purchase_order_detail", 2, "order 9")),
        (
            {"lines": [LINE_ROW, replace(LINE_ROW, row=3)]},
            ("purchase_order_detail", 3, "its key 5 is there twice"),
        ),
        (
            {"orders": [replace(rules.read_order(2, HEADER), vendor=9)]},
            ("purchase_order_header", 2, "vendor 9"),
        ),
        (
            {"products": [rules.Product(2, 4, "B", "B", "9")]},
            ("product", 2, "subcategory 9"),
        ),
        (
            {"terms": [rules.Terms(2, 4, 9, Decimal(1), 1, Decimal(1), Decimal(1))]},
            ("product_vendor", 2, "vendor 9"),
        ),
        (
            {"bills": [rules.BillLine(2, 7, 4, 4, Decimal(1), "KG", date(2010, 7, 8), None)]},
            ("bill_of_materials", 2, "unit KG"),
        ),
        ({"units": [], "bills": []}, ("unit_measure", 1, "unit EA")),
    ],
)
def test_a_row_that_fits_nowhere_is_found(tables, problem) -> None:
    (found,) = rules.find_problems(source(**tables))

    table, row, words = problem
    assert (found.table, found.row) == (table, row)
    assert words in found.en


def test_a_whole_source_has_no_problem() -> None:
    assert list(rules.find_problems(source())) == []


def test_orders_come_by_date_and_whole() -> None:
    def order(key: int, day: int) -> rules.Order:
        return rules.Order(2, key, 1650, date(2011, 4, day), date(2011, 4, 30))

    def line(key: int, of: int) -> rules.Line:
        return replace(LINE_ROW, key=key, order=of)

    orders = [order(1, 3), order(2, 1), order(3, 2), order(4, 1)]
    lines = [line(1, 1), line(2, 2), line(3, 2), line(4, 3)]
    found = source(orders=orders, lines=lines)

    assert [p.order.key for p in rules.purchases(found)] == [2, 3, 1]  # order 4 has no lines
    assert [p.order.key for p in rules.purchases(found, 1)] == [2]
    assert [x.key for x in rules.purchases(found, 1)[0].lines] == [2, 3]
    assert [p.order.key for p in rules.purchases(found, 3)] == [2, 3]


@pytest.mark.parametrize(
    ("rejected", "lots", "found"),
    [("0", ["3"], ["0"]), ("3", ["3"], ["3"]), ("4", ["3", "2"], ["3", "1"])],
)
def test_rejected_units_are_found_in_the_first_lots(rejected, lots, found) -> None:
    given = [Decimal(lot) for lot in lots]

    assert rules.shares(Decimal(rejected), given) == [Decimal(f) for f in found]


def test_the_day_opens_at_eight_at_the_site() -> None:
    assert rules.site_time(date(2011, 1, 5)) == datetime(2011, 1, 5, 16, tzinfo=UTC)
    assert rules.site_time(date(2011, 7, 5), 2) == datetime(2011, 7, 5, 17, tzinfo=UTC)


def test_a_part_is_judged_unit_by_unit_and_a_whole_is_not() -> None:
    three = Decimal(3)

    found = [rules.verdict(three, Decimal(n)) for n in (0, 1, 3)]

    assert found == ["accept", "judge", "not_accept"]

"""Lists as files: no formula, no lost digit."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from zhiliu.platform.commands.exports import XLSX, csv_file, xlsx_file
from zhiliu.platform.commands.http import Schema


class Row(Schema):
    number: str
    quantity: Decimal
    count: int
    day: date | None
    at: datetime
    is_open: bool


def row(**changes: Any) -> Row:
    given = {
        "number": "L-1",
        "quantity": Decimal("12.500"),
        "count": 3,
        "day": date(2026, 11, 24),
        "at": datetime(2026, 11, 24, 8, 30, tzinfo=UTC),
        "is_open": True,
    }
    return Row(**{**given, **changes})


def read(rows: list[Row]) -> list[list[Any]]:
    answer = xlsx_file(rows, Row)
    assert answer["Content-Type"] == XLSX
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    return [list(cells) for cells in sheet.iter_rows()]


def test_a_workbook_has_the_field_names_and_values_of_their_kind():
    head, first = read([row()])

    assert [c.value for c in head] == list(Row.model_fields)
    assert [c.value for c in first] == [
        "L-1",
        12.5,
        3,
        datetime(2026, 11, 24),  # noqa: DTZ001, Excel knows no zone
        "2026-11-24T08:30:00+00:00",
        True,
    ]


TEXTS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "0012", "螺钉"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_stays_the_text_it_was_and_is_no_formula(text):
    _, first = read([row(number=text)])

    assert (first[0].value, first[0].data_type) == (text, "s")


@pytest.mark.parametrize("number", ["0.123456789012345678", "12345678901234567890"])
def test_a_number_that_excel_would_round_goes_out_as_text(number):
    _, first = read([row(quantity=Decimal(number))])

    assert first[1].value == number


def test_control_characters_and_very_long_texts_do_not_spoil_the_file():
    _, first, second = read([row(number="a\x00b\x0bc"), row(number="x" * 40_000)])

    assert first[0].value == "abc"
    assert len(second[0].value) == 32_767


def test_no_cell_of_a_csv_file_is_a_formula():
    text = csv_file([row(number="=1+1", quantity=Decimal("-5"))], Row).content.decode("utf-8-sig")

    assert text.splitlines()[1].startswith("'=1+1,-5,3,2026-11-24,")

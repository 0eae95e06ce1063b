"""A whole list as a file for a spreadsheet: CSV, or Excel's own format.

Neither lets a text become a formula (ASVS 5.0 1.2.10), and neither loses a digit: Excel keeps 15
significant ones, so a longer number goes out as text.
"""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped]

from zhiliu.kernel.refusal import as_json
from zhiliu.platform.commands.http import Schema

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DIGITS_OF_EXCEL = 15
LONGEST_CELL = 32_767


def csv_cell(value: Any) -> str:
    """One cell of a CSV file that no spreadsheet runs as a formula."""
    text = "" if value is None else str(as_json(value))
    is_number = isinstance(value, int | Decimal | date | datetime)
    return f"'{text}" if text[:1] in "=+-@\t\r\x00" and text and not is_number else text


def csv_file(rows: Iterable[Any], schema: type[Schema]) -> HttpResponse:
    """The rows as CSV in UTF-8 with the mark that Excel looks for; headings are the field names."""
    out = io.StringIO()
    writer = csv.writer(out)
    names = list(schema.model_fields)
    writer.writerow(names)
    writer.writerows([[csv_cell(getattr(r, n)) for n in names] for r in rows])
    return _file(("\ufeff" + out.getvalue()).encode(), f"{CSV}; charset=utf-8", "export.csv")


def xlsx_file(rows: Iterable[Any], schema: type[Schema]) -> HttpResponse:
    """The rows as an Excel workbook of one sheet; numbers and dates are such, times are text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("export")
    sheet.freeze_panes = "A2"
    names = list(schema.model_fields)
    sheet.append(names)
    for row in rows:
        sheet.append([_cell(sheet, getattr(row, name)) for name in names])
    out = io.BytesIO()
    book.save(out)
    return _file(out.getvalue(), XLSX, "export.xlsx")


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, bool | None):
        return value
    if isinstance(value, int | Decimal) and _fits(value):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", str(as_json(value)))[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # openpyxl takes a text that begins with "=" for a formula
    return cell


def _fits(value: int | Decimal) -> bool:
    return len(Decimal(value).normalize().as_tuple().digits) <= DIGITS_OF_EXCEL


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

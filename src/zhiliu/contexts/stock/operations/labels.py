"""Labels: what their code says, how they are drawn, and that each print is counted."""

import io
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import zint
from PIL import Image

from zhiliu.contexts.stock.errors import Mismatch, NotEncodable
from zhiliu.contexts.stock.events import LabelsPrinted
from zhiliu.contexts.stock.models import LabelPrint, Lot
from zhiliu.contexts.stock.operations.locks import about, lock_lot
from zhiliu.contexts.stock.states import LabelFormat, LabelSize
from zhiliu.kernel.command import Command
from zhiliu.kernel.gs1 import is_encodable
from zhiliu.platform.attachments.public import compile_document
from zhiliu.platform.evidence.public import record_appended
from zhiliu.platform.outbox.public import record_event

TEMPLATE = Path(__file__).parents[1] / "prints" / "label.typ"

# Application identifiers; 91 to 99 are a company's own and need no GTIN beside them.
GTIN, LOT, EXPIRY = "01", "10", "17"
OWN_MATERIAL, OWN_LOT, OWN_EXPIRY = "91", "92", "93"

LONGEST_LOT, LONGEST_OWN = 20, 90
# Millimetres a module of the code: GS1 General Specifications 5.12.3 asks 0.38 to 0.99.
MODULE_MM = {LabelSize.LARGE: 0.75, LabelSize.MEDIUM: 0.5, LabelSize.SMALL: 0.5}


class LabelFile(NamedTuple):
    """A printable file of labels."""

    data: bytes
    media_type: str
    file_name: str


def print_labels(
    *,
    lot_id: UUID,
    copies: int,
    size: LabelSize = LabelSize.LARGE,
    file_format: LabelFormat = LabelFormat.PDF,
    dots_per_mm: int = 8,
    command: Command,
    at: datetime,
) -> LabelPrint:
    """Count labels of a lot as printed; `label_file` gives them. `dots_per_mm` is the printer's.

    Raises NotFound, NotEncodable; emits LabelsPrinted.
    """
    lot = lock_lot(lot_id, command)
    printed = record_appended(
        LabelPrint(
            lot_id=lot.pk,
            copies=copies,
            size=size,
            file_format=file_format,
            dots_per_mm=dots_per_mm,
            elements=elements_of(lot),
            printed_by=command.actor.id,
            reason=command.reason,
            command_id=command.id,
            occurred_at=at,
        )
    )
    record_event(LabelsPrinted(*about(lot), copies=copies), command, at)
    return printed


def elements_of(lot: Lot) -> list[list[str]]:
    """The elements of a lot's code: GTIN, last day of use, lot number; own ones without a GTIN.

    GS1 lets 10 and 17 stand only beside a GTIN, so a material without one gets the company's own
    91 (material), 93 (last day) and 92 (lot); so does a lot number longer than 10 takes. Raises
    NotEncodable when the lot number has characters that no element takes.
    """
    gtin, day = lot.material.gtin, _last_day(lot)
    if not is_encodable(lot.number, LONGEST_OWN):
        raise NotEncodable(lot=lot.number)
    found = [[GTIN, gtin]] if gtin else []
    if not gtin and is_encodable(lot.material.number, LONGEST_OWN):
        found.append([OWN_MATERIAL, lot.material.number])
    if day:
        found.append([EXPIRY if gtin else OWN_EXPIRY, day])
    is_short = len(lot.number) <= LONGEST_LOT
    return [*found, [LOT if gtin and is_short else OWN_LOT, lot.number]]


def bracketed(elements: list[list[str]]) -> str:
    """Elements as people read them: (01)09501101020917(10)L-42."""
    return "".join(f"({identifier}){value}" for identifier, value in elements)


def label_file(printed: Sequence[LabelPrint]) -> LabelFile:
    """Labels that were counted, as a PDF with a page each or as ZPL II for the printer.

    A label printer gets each whole label as a bitmap at its own resolution: Chinese needs no font
    in the printer, and what is printed is what the PDF shows. Raises Mismatch unless all of them
    have one size, format and resolution; FontsMissing.
    """
    kinds = {(one.size, one.file_format, one.dots_per_mm) for one in printed}
    if len(kinds) != 1:
        raise Mismatch(
            "labels of one file have one size and one format", "同一文件的标签须为同一尺寸和格式"
        )
    ((size, file_format, dots_per_mm),) = kinds
    numbers = {one.lot.number for one in printed}
    name = f"{printed[0].lot.number if len(numbers) == 1 else len(printed)} {size}"
    name = name.replace("/", "-")
    if file_format == LabelFormat.PDF:
        labels = [(one, one.copies) for one in printed]
        pdf = _drawn(labels, LabelSize(size))
        return LabelFile(pdf, "application/pdf", f"{name}.pdf")
    ppi = dots_per_mm * 25.4
    data = b"".join(
        _zpl(_drawn([(one, 1)], LabelSize(size), format="png", ppi=ppi), one.copies)
        for one in printed
    )
    return LabelFile(data, "text/plain; charset=us-ascii", f"{name}.zpl")


def _drawn(labels: Sequence[tuple[LabelPrint, int]], size: LabelSize, **options: Any) -> bytes:
    """So many copies of each label, drawn."""
    facts = {
        "size": size,
        "module_mm": MODULE_MM[size],
        "labels": [{**_facts(one), "copies": copies} for one, copies in labels],
    }
    inputs = {"data": json.dumps(facts, ensure_ascii=False)}
    drawn = compile_document(TEMPLATE.read_bytes(), inputs, root=TEMPLATE.parent, **options)
    return drawn if isinstance(drawn, bytes) else drawn[0]


def _facts(printed: LabelPrint) -> dict[str, Any]:
    lot = printed.lot
    return {
        "company": lot.site.company.name,
        "lot": lot.number,
        "material": lot.material.number,
        "name": lot.material.name,
        "supplier_lot": lot.supplier_lot,
        "elements": bracketed(printed.elements),
        "expiry": _shown_expiry(printed.elements),
        "modules": _modules(printed.elements),
    }


def _zpl(png: bytes, copies: int) -> bytes:
    """ZPL II: one graphic field (^GF, ASCII hex, a dark dot is 1), so many times (^PQ)."""
    with Image.open(io.BytesIO(png)) as opened:
        grey = opened.convert("L")
    width, height = grey.size
    dark = grey.point([255 if level < 128 else 0 for level in range(256)]).convert("1")
    row, data = (width + 7) // 8, dark.tobytes()
    field = f"^GFA,{len(data)},{len(data)},{row},{data.hex().upper()}"
    return f"^XA^PW{width}^LL{height}^FO0,0{field}^FS^PQ{copies}^XZ\n".encode("ascii")


def _modules(elements: list[list[str]]) -> list[str]:
    """The modules of the GS1 DataMatrix, a text of 0 and 1 for each row (ISO/IEC 16022)."""
    symbol = zint.Symbol()
    symbol.symbology = zint.Symbology.DATAMATRIX
    symbol.option_3 = zint.DataMatrixOptions.SQUARE
    symbol.input_mode = zint.InputMode.GS1
    # square brackets, which no element may hold; round ones may be part of a number
    symbol.encode("".join(f"[{identifier}]{value}" for identifier, value in elements))
    rows, width = symbol.rows, symbol.width
    packed = symbol.encoded_data
    return [
        "".join("1" if packed[r, c // 8] >> (c % 8) & 1 else "0" for c in range(width))
        for r in range(rows)
    ]


def _last_day(lot: Lot) -> str:
    """The last day on which the lot may be used, YYMMDD in its site's zone; empty without one."""
    if lot.expires_at is None:
        return ""
    last = lot.expires_at - timedelta(microseconds=1)
    return f"{last.astimezone(ZoneInfo(lot.site.time_zone)):%y%m%d}"


def _shown_expiry(elements: list[list[str]]) -> str:
    """The last day as people read it; GS1 dates of two digits lie in this century."""
    days = [value for identifier, value in elements if identifier in (EXPIRY, OWN_EXPIRY)]
    return f"20{days[0][:2]}-{days[0][2:4]}-{days[0][4:]}" if days else ""

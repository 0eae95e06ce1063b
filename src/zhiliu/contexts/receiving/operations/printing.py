"""The return note: what goes back to a supplier, on paper."""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from zhiliu.contexts.receiving.models import SupplierReturn, SupplierReturnLine
from zhiliu.kernel.command import Command
from zhiliu.platform.access.public import find_record, names_of
from zhiliu.platform.attachments.public import Attachment, Language, PrintTemplate, store_print
from zhiliu.platform.evidence.public import flush
from zhiliu.platform.signatures.public import signatures_shown

RETURN_NOTE = PrintTemplate(
    code="receiving.return_note",
    source=Path(__file__).parents[1] / "prints" / "return_note.typ",
    title_en="Return note",
    title_zh="退货单",
)


def print_return_note(
    *, return_id: UUID, language: Language, command: Command, at: datetime
) -> Attachment:
    """The note that goes with a supplier return, in one language, stored at the first request.

    Raises NotFound, FontsMissing; emits FileAttached when it is made.
    """
    flush()
    kind = SupplierReturn.kind
    subject = find_record(command.actor, kind, return_id, operation=command.operation)
    return store_print(
        template=RETURN_NOTE,
        data=_facts(return_id),
        subject=subject,
        language=language,
        command=command,
        at=at,
    )


def _facts(return_id: UUID) -> dict[str, Any]:
    """All that the note shows, from the record alone; quantities in the stock unit."""
    row = SupplierReturn.objects.select_related("company", "site", "supplier").get(pk=return_id)
    lines = SupplierReturnLine.objects.filter(supplier_return_id=return_id).order_by("line")
    return {
        "company": row.company.name,
        "site": row.site.name,
        "zone": row.site.time_zone,
        "supplier": row.supplier.number,
        "supplier_name": row.supplier.name,
        "reason": row.reason or None,
        "returned_at": row.returned_at,
        "returned_by": names_of([row.returned_by]).get(row.returned_by),
        "lines": [
            {
                "line": line.line,
                "lot": line.lot.number,
                "supplier_lot": line.lot.supplier_lot or None,
                "material": line.lot.material.number,
                "material_name": line.lot.material.name,
                "quantity": line.quantity,
                "unit": line.lot.material.unit.code,
                "order": line.order_line.order.number if line.order_line else None,
                "order_line": line.order_line.line if line.order_line else None,
                "voucher": line.voucher_number or None,
            }
            for line in lines.select_related("lot__material__unit", "order_line__order")
        ],
        "signatures": signatures_shown(SupplierReturn.kind, return_id),
    }

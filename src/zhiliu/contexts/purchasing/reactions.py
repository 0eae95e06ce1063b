"""What purchasing does when the catalogue grows."""

from datetime import datetime

from zhiliu.contexts.catalog.events import CompanyAdded
from zhiliu.contexts.purchasing.operations.orders import ORDER_RANGE
from zhiliu.kernel.command import Command
from zhiliu.platform.numbering.public import open_range
from zhiliu.platform.outbox.public import immediate


@immediate(CompanyAdded)
def open_order_numbers(event: CompanyAdded, command: Command, at: datetime) -> None:
    """A company can order from the moment it exists."""
    open_range(company_id=event.subject.id, kind=ORDER_RANGE, prefix="PO")

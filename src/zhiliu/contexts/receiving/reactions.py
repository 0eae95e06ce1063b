"""What receiving does when the catalogue grows."""

from datetime import datetime

from zhiliu.contexts.catalog.events import CompanyAdded
from zhiliu.contexts.receiving.operations.arrivals import ARRIVAL_RANGE
from zhiliu.contexts.receiving.operations.gate import REFUSAL_RANGE
from zhiliu.contexts.receiving.operations.returns import RETURN_RANGE
from zhiliu.kernel.command import Command
from zhiliu.platform.numbering.public import open_range
from zhiliu.platform.outbox.public import immediate

RANGES = ((ARRIVAL_RANGE, "ARR"), (REFUSAL_RANGE, "RFS"), (RETURN_RANGE, "RTV"))


@immediate(CompanyAdded)
def open_number_ranges(event: CompanyAdded, command: Command, at: datetime) -> None:
    """A company can receive, refuse and return from the moment it exists."""
    for kind, prefix in RANGES:
        open_range(company_id=event.subject.id, kind=kind, prefix=prefix)

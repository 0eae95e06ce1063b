"""What stock does when the catalogue grows: number ranges for a company, places for a site."""

from datetime import datetime

from zhiliu.contexts.catalog.events import CompanyAdded, SiteAdded
from zhiliu.contexts.stock.operations.births import LOT_RANGE
from zhiliu.contexts.stock.operations.places import add_outside_places
from zhiliu.contexts.stock.operations.placing import HOLD_RANGE
from zhiliu.contexts.stock.operations.reservations import RESERVATION_RANGE
from zhiliu.kernel.command import Command
from zhiliu.platform.numbering.public import open_range
from zhiliu.platform.outbox.public import immediate

RANGES = ((LOT_RANGE, "L"), (HOLD_RANGE, "H"), (RESERVATION_RANGE, "RSV"))


@immediate(CompanyAdded)
def open_number_ranges(event: CompanyAdded, command: Command, at: datetime) -> None:
    """Open the ranges of lots, holds and reservations."""
    for kind, prefix in RANGES:
        open_range(company_id=event.subject.id, kind=kind, prefix=prefix)


@immediate(SiteAdded)
def make_outside_places(event: SiteAdded, command: Command, at: datetime) -> None:
    """Make the site's outside places."""
    add_outside_places(site_id=event.subject.id, command=command)

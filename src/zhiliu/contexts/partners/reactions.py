"""What partners does when the catalogue changes."""

from datetime import datetime

from zhiliu.contexts.catalog.events import CompanyAdded
from zhiliu.contexts.partners.public import add_own_partner
from zhiliu.kernel.command import Command
from zhiliu.platform.outbox.public import immediate


@immediate(CompanyAdded)
def own_partner_of_a_new_company(event: CompanyAdded, command: Command, at: datetime) -> None:
    """A company can own goods from the moment it exists."""
    add_own_partner(company_id=event.subject.id, command=command, at=at)

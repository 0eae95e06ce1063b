"""Companies and their sites."""

from datetime import datetime
from uuid import UUID

from zhiliu.contexts.catalog import rules
from zhiliu.contexts.catalog.errors import AlreadyExists, NotFound
from zhiliu.contexts.catalog.events import CompanyAdded, SiteAdded
from zhiliu.contexts.catalog.models import Company, Site
from zhiliu.contexts.catalog.permissions import access_shared, is_permitted
from zhiliu.contexts.catalog.queries import get_company
from zhiliu.kernel.actor import Scope
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import flush, record_created
from zhiliu.platform.outbox.public import record_event


def add_company(
    *, code: str, name: str, currency: str, time_zone: str, command: Command, at: datetime
) -> Company:
    """Add a company; its code, currency (ISO 4217) and time zone (IANA) never change.

    Raises SharedByAll, BadCurrency, BadTimeZone, AlreadyExists; emits CompanyAdded, to which
    contexts react by opening their number ranges.
    """
    flush()
    access_shared(command)
    for refusal in rules.check_currency(currency) + rules.check_time_zone(time_zone):
        raise refusal
    if Company.objects.filter(code=code).exists():
        raise AlreadyExists("company", code)

    company = record_created(
        Company(code=code, name=name, currency=currency, time_zone=time_zone), command
    )
    record_event(
        CompanyAdded(
            subject=Reference(company.kind, company.id, code, company.version),
            company_id=company.id,
            site_id=None,
            name=name,
            currency=currency,
            time_zone=time_zone,
        ),
        command,
        at,
    )
    return company


def add_site(
    *,
    company_id: UUID,
    code: str,
    name: str,
    time_zone: str | None = None,
    command: Command,
    at: datetime,
) -> Site:
    """Add a site of a company, in the company's time zone unless another is named.

    Raises NotFound, BadTimeZone, AlreadyExists; emits SiteAdded.
    """
    flush()
    company = get_company(company_id)
    if not is_permitted(command, Scope(company_id=company_id)):
        raise NotFound("company", str(company_id))
    time_zone = company.time_zone if time_zone is None else time_zone
    for refusal in rules.check_time_zone(time_zone):
        raise refusal
    if Site.objects.filter(code=code).exists():
        raise AlreadyExists("site", code)

    site = record_created(
        Site(company_id=company_id, code=code, name=name, time_zone=time_zone), command
    )
    record_event(
        SiteAdded(
            subject=Reference(site.kind, site.id, code, site.version),
            company_id=company_id,
            site_id=site.id,
            name=name,
            time_zone=time_zone,
        ),
        command,
        at,
    )
    return site

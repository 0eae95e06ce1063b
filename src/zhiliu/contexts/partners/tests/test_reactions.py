"""What partners does when a company is added."""

from datetime import datetime

import pytest
from tests.support import run

from zhiliu.contexts.catalog.events import CompanyAdded
from zhiliu.contexts.catalog.models import Company
from zhiliu.contexts.catalog.public import add_company
from zhiliu.contexts.partners.errors import AlreadyExists
from zhiliu.contexts.partners.models import Partner
from zhiliu.contexts.partners.reactions import own_partner_of_a_new_company
from zhiliu.contexts.partners.tests.conftest import Trade
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

COMPANY = {"name": "质流二厂", "currency": "CNY", "time_zone": "Asia/Shanghai"}


@pytest.mark.django_db
def test_a_new_company_gets_its_own_partner_in_the_same_act() -> None:
    company = run(
        lambda command, at: add_company(code="Z2", **COMPANY, command=command, at=at),
        operation="catalog.add_company",
    )

    own = Partner.objects.get(company_id=company.id)
    assert (own.number, own.name, own.roles) == ("Z2", "质流二厂", ())
    entry = AuditEntry.objects.get(record_id=own.id)
    assert entry.command_id == AuditEntry.objects.get(record_id=company.id).command_id
    sent = OutboxEvent.objects.get(subject_id=own.id)
    assert (sent.type, sent.company_id) == ("partners.partner_added.v1", company.id)


def test_twice_is_once(trade: Trade) -> None:
    event = CompanyAdded(
        subject=Reference("catalog.company", trade.company.id, trade.company.code, 1),
        company_id=trade.company.id,
        site_id=None,
        **COMPANY,
    )

    def again(command: Command, at: datetime) -> None:
        own_partner_of_a_new_company(event, command, at)
        own_partner_of_a_new_company(event, command, at)

    before = AuditEntry.objects.count(), OutboxEvent.objects.count()
    run(again)

    assert Partner.objects.filter(company=trade.company).count() == 1
    assert (AuditEntry.objects.count(), OutboxEvent.objects.count()) == before


def test_a_code_that_is_a_partners_number_fails_the_whole_act(trade: Trade) -> None:
    code = trade.supplier.number

    with pytest.raises(AlreadyExists):
        run(lambda command, at: add_company(code=code, **COMPANY, command=command, at=at))

    assert not Company.objects.filter(code=code).exists()

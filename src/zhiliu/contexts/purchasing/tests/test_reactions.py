"""What purchasing does when a company is added."""

import pytest
from tests.buying import build_plant
from tests.support import run

from zhiliu.contexts.catalog.events import CompanyAdded
from zhiliu.contexts.purchasing.reactions import open_order_numbers
from zhiliu.kernel.command import Reference
from zhiliu.platform.numbering.public import take_numbers

pytestmark = pytest.mark.django_db


def test_hearing_of_a_company_twice_opens_its_range_once():
    company = build_plant().company
    assert take_numbers(company_id=company.pk, kind="purchasing.order") == ["PO-000001"]
    event = CompanyAdded(
        subject=Reference(company.kind, company.pk, company.code, 1),
        company_id=company.pk,
        site_id=None,
        name=company.name,
        currency="CNY",
        time_zone="Asia/Shanghai",
    )

    run(lambda command, at: open_order_numbers(event, command, at))

    assert take_numbers(company_id=company.pk, kind="purchasing.order") == ["PO-000002"]

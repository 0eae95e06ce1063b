"""What receiving does when a company is added."""

import pytest
from tests.buying import build_plant
from tests.support import run

from zhiliu.contexts.catalog.events import CompanyAdded
from zhiliu.contexts.receiving.reactions import open_number_ranges
from zhiliu.kernel.command import Reference
from zhiliu.platform.numbering.models import NumberRange
from zhiliu.platform.numbering.public import take_numbers

pytestmark = pytest.mark.django_db
KINDS = {
    "receiving.arrival": "ARR",
    "receiving.gate_refusal": "RFS",
    "receiving.supplier_return": "RTV",
}


def test_a_new_company_can_receive_refuse_and_return_at_once():
    company = build_plant().company

    ranges = NumberRange.objects.filter(company_id=company.pk, kind__startswith="receiving.")

    assert dict(ranges.values_list("kind", "prefix")) == KINDS


def test_hearing_of_a_company_twice_opens_its_ranges_once():
    company = build_plant().company
    take_numbers(company_id=company.pk, kind="receiving.arrival")
    event = CompanyAdded(
        subject=Reference(company.kind, company.pk, company.code, 1),
        company_id=company.pk,
        site_id=None,
        name=company.name,
        currency="CNY",
        time_zone="Asia/Shanghai",
    )

    run(lambda command, at: open_number_ranges(event, command, at))

    assert take_numbers(company_id=company.pk, kind="receiving.arrival") == ["ARR-000002"]

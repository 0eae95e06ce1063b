"""What stock does when the catalogue grows."""

import pytest
from tests.plant import build_plant
from tests.support import run

from zhiliu.contexts.catalog.events import CompanyAdded, SiteAdded
from zhiliu.contexts.stock.models import Place
from zhiliu.contexts.stock.reactions import RANGES, make_outside_places, open_number_ranges
from zhiliu.contexts.stock.states import OUTSIDE_KINDS
from zhiliu.kernel.command import Reference
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.numbering.models import NumberRange

pytestmark = pytest.mark.django_db


def test_a_new_site_has_one_outside_place_of_each_kind() -> None:
    plant = build_plant()

    outside = Place.objects.filter(site_id=plant.site, is_internal=False)

    assert {p.place_kind for p in outside} == OUTSIDE_KINDS
    assert len(outside) == len(OUTSIDE_KINDS)
    assert AuditEntry.objects.filter(record_id__in=[p.pk for p in outside]).count() == len(outside)


def test_a_new_company_has_its_number_ranges() -> None:
    plant = build_plant()

    ranges = NumberRange.objects.filter(company_id=plant.company, kind__startswith="stock.")

    assert {(r.kind, r.prefix) for r in ranges} == set(RANGES)


def test_twice_is_once() -> None:
    plant = build_plant()
    company = CompanyAdded(
        subject=Reference("catalog.company", plant.company, "C", 1),
        company_id=plant.company,
        site_id=None,
        name="测试公司",
        currency="CNY",
        time_zone="Asia/Shanghai",
    )
    site = SiteAdded(
        subject=Reference("catalog.site", plant.site, "S", 1),
        company_id=plant.company,
        site_id=plant.site,
        name="一厂",
        time_zone="Asia/Shanghai",
    )
    before = (Place.objects.count(), NumberRange.objects.count(), AuditEntry.objects.count())

    run(lambda command, at: open_number_ranges(company, command, at))
    run(lambda command, at: make_outside_places(site, command, at))

    after = (Place.objects.count(), NumberRange.objects.count(), AuditEntry.objects.count())
    assert after == before

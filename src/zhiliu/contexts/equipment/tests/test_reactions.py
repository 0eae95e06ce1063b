"""What equipment does when a company is added."""

from tests.support import run

from zhiliu.contexts.catalog.events import CompanyAdded
from zhiliu.contexts.equipment.reactions import open_equipment_numbers
from zhiliu.contexts.equipment.tests.conftest import Lab
from zhiliu.kernel.command import Reference


def test_the_number_ranges_open_once(lab: Lab) -> None:
    event = CompanyAdded(
        subject=Reference("catalog.company", lab.company.pk, lab.company.code, 1),
        company_id=lab.company.pk,
        site_id=None,
        name=lab.company.name,
        currency="CNY",
        time_zone="Asia/Shanghai",
    )
    first = lab.gauge()

    run(lambda command, at: open_equipment_numbers(event, command, at))

    assert (first.number, lab.gauge().number) == ("G-000001", "G-000002")

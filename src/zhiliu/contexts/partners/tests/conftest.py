"""A supplier, a customer, a company and two materials for the tests of partners."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from tests.support import run

from zhiliu.contexts.catalog.models import Company, Material
from zhiliu.contexts.catalog.public import (
    InspectionNeed,
    LotControl,
    add_company,
    add_control_profile,
    add_material,
    add_unit,
)
from zhiliu.contexts.partners import operations
from zhiliu.contexts.partners.models import Partner
from zhiliu.contexts.partners.states import PartnerRole
from zhiliu.kernel.command import Command


@dataclass(frozen=True)
class Trade:
    """Whom a company deals with, and in what."""

    company: Company
    supplier: Partner
    customer: Partner
    bolt: Material
    nut: Material


@pytest.fixture
def trade(db: None) -> Trade:
    return make_trade()


def make_trade() -> Trade:
    """Add them in one command."""
    mark = uuid4().hex[:6]

    def make(command: Command, at: datetime) -> Trade:
        own: Any = {"command": command, "at": at}
        unit = add_unit(code=f"pc{mark}", name_en="piece", **own)
        profile = add_control_profile(
            code=f"lot{mark}",
            name="lot",
            lot_control=LotControl.LOT,
            inspection=InspectionNeed.REQUIRED,
            **own,
        )
        shape = {"unit_id": unit.id, "profile_id": profile.id, **own}
        return Trade(
            company=add_company(
                code=f"C{mark}", name="质流", currency="CNY", time_zone="Asia/Shanghai", **own
            ),
            supplier=operations.add_partner(
                number=f"V{mark}", name="宏远", roles=[PartnerRole.SUPPLIER], **own
            ),
            customer=operations.add_partner(
                number=f"K{mark}", name="Velo", roles=[PartnerRole.CUSTOMER], **own
            ),
            bolt=add_material(number=f"B{mark}", name="bolt", **shape),
            nut=add_material(number=f"N{mark}", name="nut", **shape),
        )

    return run(make)

"""A small plant for the tests of the catalogue."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from tests.support import run

from zhiliu.contexts.catalog import operations
from zhiliu.contexts.catalog.models import Company, ControlProfile, Material, Site, Unit
from zhiliu.contexts.catalog.states import InspectionNeed, LotControl
from zhiliu.kernel.command import Command


@dataclass(frozen=True)
class Plant:
    """A company with a site, units, two profiles, and two materials counted in pieces."""

    company: Company
    site: Site
    piece: Unit
    box: Unit
    kilogram: Unit
    by_lot: ControlProfile
    by_serial: ControlProfile
    bolt: Material
    frame: Material


@pytest.fixture
def plant(db: None) -> Plant:
    return make_plant()


def make_plant() -> Plant:
    """Add the plant in one command."""
    mark = uuid4().hex[:6]

    def make(command: Command, at: datetime) -> Plant:
        own: Any = {"command": command, "at": at}
        company = operations.add_company(
            code=f"C{mark}", name="质流", currency="CNY", time_zone="Asia/Shanghai", **own
        )
        piece = operations.add_unit(code=f"pc{mark}", name_en="piece", name_zh="件", **own)
        by_lot = operations.add_control_profile(
            code=f"lot{mark}",
            name="lot, inspected",
            lot_control=LotControl.LOT,
            inspection=InspectionNeed.REQUIRED,
            **own,
        )
        return Plant(
            company=company,
            site=operations.add_site(company_id=company.id, code=f"S{mark}", name="East", **own),
            piece=piece,
            box=operations.add_unit(code=f"box{mark}", name_en="box", **own),
            kilogram=operations.add_unit(code=f"kg{mark}", name_en="kg", decimals=3, **own),
            by_lot=by_lot,
            by_serial=operations.add_control_profile(
                code=f"ser{mark}",
                name="serial, exempt",
                lot_control=LotControl.SERIAL,
                inspection=InspectionNeed.EXEMPT,
                **own,
            ),
            bolt=operations.add_material(
                number=f"B{mark}", name="bolt", unit_id=piece.id, profile_id=by_lot.id, **own
            ),
            frame=operations.add_material(
                number=f"F{mark}", name="frame", unit_id=piece.id, profile_id=by_lot.id, **own
            ),
        )

    return run(make)

"""The plant that the bench receives goods in: 50 suppliers, 1,000 materials, one ordinary role."""

from typing import Any
from uuid import UUID, uuid4

import django

from bench.flow import Plant

ROLE = (
    "purchasing.read",
    "purchasing.create_order",
    "purchasing.confirm_order",
    "receiving.receive_goods",
    "inspections.record_result",
    "inspections.accept",
    "stock.read",
)


def build() -> Plant:
    """Make master data through the operations, and a token of a user with ROLE at the site."""
    django.setup()
    from zhiliu.contexts.catalog import public as catalog
    from zhiliu.contexts.partners import public as partners
    from zhiliu.contexts.stock import public as stock
    from zhiliu.kernel.actor import SYSTEM
    from zhiliu.kernel.clock import server_time
    from zhiliu.platform.commands.public import perform

    def do(call: Any, **values: Any) -> UUID:
        made: list[Any] = []
        perform(
            actor=SYSTEM,
            operation="bench.build",
            key=str(uuid4()),
            content={},
            call=lambda command, at: made.append(call(**values, command=command, at=at)),
            recorded_at=server_time(),
        )
        row: UUID = made[0].pk
        return row

    zone = "Asia/Shanghai"
    company = do(catalog.add_company, code="B", name="bench", currency="CNY", time_zone=zone)
    site = do(catalog.add_site, company_id=company, code="B1", name="bench", time_zone=zone)
    place = do(stock.add_place, site_id=site, code="ARR", name="dock", kind=stock.PlaceKind.ARRIVAL)
    unit = do(catalog.add_unit, code="PCS", name_en="piece", decimals=0)
    profile = do(
        catalog.add_control_profile,
        code="P",
        name="inspected",
        lot_control=catalog.LotControl.LOT,
        inspection=catalog.InspectionNeed.REQUIRED,
    )
    materials = [
        do(catalog.add_material, number=f"M{i}", name=f"M{i}", unit_id=unit, profile_id=profile)
        for i in range(1000)
    ]
    roles = [partners.PartnerRole.SUPPLIER]
    suppliers = [
        do(partners.add_partner, number=f"S{i}", name=f"S{i}", roles=roles) for i in range(50)
    ]
    return Plant(
        token=_token(do, site),
        site=str(site),
        place=str(place),
        suppliers=[str(s) for s in suppliers],
        materials=[str(m) for m in materials],
    )


def _token(do: Any, site: UUID) -> str:
    from zhiliu.platform.access.models import ApiToken, Role, RoleGrant, User
    from zhiliu.platform.access.queries import token_digest
    from zhiliu.platform.evidence.public import record_created

    token = uuid4().hex * 2

    def make(*, command: Any, at: Any) -> Any:
        user = record_created(User(username="bench", name="bench"), command)
        role = Role(code="bench", name_en="b", name_zh="b", operations=list(ROLE))
        record_created(role, command)
        record_created(RoleGrant(user=user, role=role, site_id=site), command)
        digest = token_digest(token)
        return record_created(
            ApiToken(user=user, name="b", digest=digest, operations=list(ROLE)), command
        )

    do(make)
    return token

"""The plant that the bench receives goods in: 50 suppliers, 1,000 materials, one ordinary role.

Half of the materials have an inspection plan of five characteristics.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import django

from bench.flow import CHARACTERISTICS, Plant

if TYPE_CHECKING:
    from zhiliu.kernel.actor import Actor

PLANNED = "with a plan"

ROLE = (
    "purchasing.read",
    "purchasing.create_order",
    "purchasing.confirm_order",
    "receiving.receive_goods",
    "inspections.record_result",
    "inspections.record_readings",
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

    def do(call: Any, *, actor: "Actor" = SYSTEM, **values: Any) -> UUID:
        made: list[Any] = []
        perform(
            actor=actor,
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
        do(
            catalog.add_material,
            number=f"M{i}",
            name=f"M{i}",
            group=PLANNED if i >= 500 else "",
            unit_id=unit,
            profile_id=profile,
        )
        for i in range(1000)
    ]
    roles = [partners.PartnerRole.SUPPLIER]
    suppliers = [
        do(partners.add_partner, number=f"S{i}", name=f"S{i}", roles=roles) for i in range(50)
    ]
    _plan(do, unit)
    token, session, password = _somebody(do, site)
    return Plant(
        token=f"Authorization: Bearer {token}\r\n",
        session=session,
        password=password,
        site=str(site),
        place=str(place),
        suppliers=[str(s) for s in suppliers],
        materials=[str(m) for m in materials[:500]],
        planned=[str(m) for m in materials[500:]],
    )


def _plan(do: Any, unit: UUID) -> None:
    """The plan of the group PLANNED: C1 to C5 between 9 and 11, 13 of 100 units, Ac 0."""
    from zhiliu.contexts.catalog.public import CharacteristicKind, SeverityClass
    from zhiliu.contexts.inspections import public as inspections
    from zhiliu.kernel.actor import IMPORT

    major = SeverityClass.MAJOR
    drafted = do(
        inspections.add_plan,
        material_group=PLANNED,
        changes={
            "classes": [
                inspections.ClassLine(
                    severity_class=major,
                    scheme=inspections.Scheme.ISO,
                    basis=inspections.CountingBasis.NONCONFORMING_UNITS,
                    level="II",
                    aql=Decimal("1.0"),
                )
            ],
            "characteristics": [
                inspections.PlanLine(
                    code=f"C{n}",
                    name_en=f"dimension {n}",
                    name_zh=f"尺寸 {n}",
                    characteristic_kind=CharacteristicKind.NUMERIC,
                    severity_class=major,
                    unit_id=unit,
                    lower=Decimal(9),
                    upper=Decimal(11),
                    resolution=Decimal("0.001"),
                )
                for n in range(1, CHARACTERISTICS + 1)
            ],
        },
    )
    approve = inspections.approve_plan_version
    do(approve, actor=IMPORT, version_id=drafted, expected_version=1)


def _somebody(do: Any, site: UUID) -> tuple[str, str, str]:
    """A user with ROLE at the site: a token, the header lines of a session, the password."""
    from zhiliu.platform.access.models import ApiToken, Role, RoleGrant, User
    from zhiliu.platform.access.operations import set_password
    from zhiliu.platform.access.queries import token_digest
    from zhiliu.platform.evidence.public import record_created

    token, password = uuid4().hex * 2, uuid4().hex

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
    user = User.objects.get(username="bench")
    do(set_password, user_id=user.pk, password=password)
    return token, _session(user.pk), password


def _session(user_id: UUID) -> str:
    """The header lines of somebody who has just signed in."""
    from django.conf import settings
    from django.test import Client

    from zhiliu.config.sessions import SEEN, SIGNED_IN
    from zhiliu.kernel.clock import server_time
    from zhiliu.platform.access.models import User

    client, csrf = Client(), uuid4().hex
    client.force_login(User.objects.get(pk=user_id))
    held = client.session
    held[SIGNED_IN] = held[SEEN] = server_time().timestamp()
    held.save()
    cookies = {
        settings.SESSION_COOKIE_NAME: held.session_key,
        settings.CSRF_COOKIE_NAME: csrf,
    }
    joined = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return f"Cookie: {joined}\r\nX-CSRFToken: {csrf}\r\n"

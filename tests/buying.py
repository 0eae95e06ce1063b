"""A small plant to buy for, made by the operations that users call."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support import run
from zhiliu.contexts.catalog.models import Company, ControlProfile, Material, Site, Unit
from zhiliu.contexts.catalog.public import (
    InspectionNeed,
    LotControl,
    add_company,
    add_control_profile,
    add_material,
    add_site,
    add_unit,
    add_unit_conversion,
    change_material,
)
from zhiliu.contexts.partners.models import Partner
from zhiliu.contexts.partners.public import (
    BlockedFunction,
    PartnerRole,
    add_partner,
    change_partner,
    place_supply_block,
)
from zhiliu.contexts.purchasing.models import SupplierTerms
from zhiliu.contexts.purchasing.public import (
    LineIn,
    LockedOrder,
    create_order,
    record_received,
    record_returned,
    set_supplier_terms,
)
from zhiliu.kernel.actor import SYSTEM, Actor
from zhiliu.platform.outbox.models import OutboxEvent


def statements(call: Callable[[], object]) -> list[str]:
    """The SQL that a call sends, without savepoints."""
    with CaptureQueriesContext(connection) as sent:
        call()
    return [q["sql"] for q in sent if "SAVEPOINT" not in q["sql"]]


def code(prefix: str = "") -> str:
    """A code that no other test has."""
    return f"{prefix}{uuid4().hex[:8]}"


@dataclass
class Plant:
    """A company with one site, a supplier, and units piece, carton (no decimals) and metre."""

    company: Company
    site: Site
    supplier: Partner
    piece: Unit
    carton: Unit
    metre: Unit
    profiles: dict[Any, ControlProfile] = field(default_factory=dict)

    def profile(self, **changes: Any) -> ControlProfile:
        """A control profile: by lot, inspected, no tolerance, unless said otherwise."""
        values = {
            "lot_control": LotControl.LOT,
            "inspection": InspectionNeed.REQUIRED,
            **changes,
        }
        key = tuple(sorted(values.items()))
        if key not in self.profiles:
            self.profiles[key] = run(
                lambda command, at: add_control_profile(
                    code=code("CP"), name="profile", **values, command=command, at=at
                )
            )
        return self.profiles[key]

    def material(self, unit: Unit | None = None, per_carton: int = 0, **profile: Any) -> Material:
        """A material in pieces, perhaps with a carton of its own."""

        def make(command, at):
            made = add_material(
                number=code("M"),
                name="bearing",
                unit_id=(unit or self.piece).pk,
                profile_id=control.pk,
                command=command,
                at=at,
            )
            if per_carton:
                add_unit_conversion(
                    from_unit_id=self.carton.pk,
                    to_unit_id=made.unit_id,
                    numerator=per_carton,
                    material_id=made.pk,
                    command=command,
                    at=at,
                )
            return made

        control = self.profile(**profile)
        return run(make)

    def partner(self, role: PartnerRole = PartnerRole.SUPPLIER) -> Partner:
        """Another partner."""
        return run(
            lambda command, at: add_partner(
                number=code("P"), name="partner", roles=[role], command=command, at=at
            )
        )

    def order(self, *lines: LineIn, confirm: bool = True, **values: Any) -> LockedOrder:
        """An order, confirmed unless said."""
        return run(
            lambda command, at: create_order(
                **{"site_id": self.site.pk, "supplier_id": self.supplier.pk, **values},
                lines=lines,
                confirm=confirm,
                command=command,
                at=at,
            )
        )


def line(
    material: Material,
    quantity: Any = 100,
    *,
    price: Any = 2,
    unit_id: UUID | None = None,
    due_date: date | None = None,
    revision_id: UUID | None = None,
) -> LineIn:
    """A line to order: 100 at 2.00 unless said otherwise; a price of None is left out."""
    return LineIn(
        material.pk,
        Decimal(quantity),
        unit_id=unit_id,
        price=None if price is None else Decimal(price),
        due_date=due_date,
        revision_id=revision_id,
    )


def build_plant(time_zone: str = "Asia/Shanghai") -> Plant:
    """A fresh plant that shares nothing with the plants of other tests."""

    def make(command, at):
        company = add_company(
            code=code("C"),
            name="Werk",
            currency="CNY",
            time_zone=time_zone,
            command=command,
            at=at,
        )
        site = add_site(company_id=company.pk, code=code("S"), name="Plant", command=command, at=at)
        supplier = add_partner(
            number=code("V"),
            name="Supplier",
            roles=[PartnerRole.SUPPLIER],
            command=command,
            at=at,
        )
        piece, carton, metre = (
            add_unit(code=code(c), name_en=c, decimals=d, command=command, at=at)
            for c, d in (("pc", 0), ("ct", 0), ("m", 2))
        )
        return Plant(company, site, supplier, piece, carton, metre)

    return run(make)


def act(
    operation: Callable[..., LockedOrder],
    order: LockedOrder,
    *,
    reason: str = "",
    at: datetime | None = None,
    actor: Actor = SYSTEM,
) -> LockedOrder:
    """Confirm, cancel or close an order."""
    return run(
        lambda command, moment: operation(order_id=order.order.pk, command=command, at=moment),
        operation=f"purchasing.{operation.__name__}",
        reason=reason,
        at=at,
        actor=actor,
    )


def terms(
    plant: Plant, material: Material, *, actor: Actor = SYSTEM, **values: Any
) -> SupplierTerms:
    """Terms of the plant's supplier: 3 CNY, 7 days, unless said otherwise."""
    given = {"price": Decimal(3), "currency": "CNY", "lead_time_days": 7, **values}
    return run(
        lambda command, at: set_supplier_terms(
            supplier_id=plant.supplier.pk,
            material_id=material.pk,
            **given,
            command=command,
            at=at,
        ),
        operation="purchasing.set_supplier_terms",
        actor=actor,
    )


def receive(order: LockedOrder, quantity: Any, returned: Any = 0) -> None:
    """Count on an order's first line what receiving would."""

    def write(command, at):
        line_id = order.lines[0].line.pk
        record_received(line_id, Decimal(quantity))
        record_returned(line_id, Decimal(returned))

    run(write)


def block(
    plant: Plant,
    material: Material | None = None,
    function: BlockedFunction = BlockedFunction.ORDER,
) -> None:
    """Block the plant's supplier, for one material or all."""
    run(
        lambda command, at: place_supply_block(
            supplier_id=plant.supplier.pk,
            blocked_function=function,
            reason="audit failed",
            material_id=material.pk if material else None,
            command=command,
            at=at,
        )
    )


def retire(plant: Plant) -> None:
    """Take the plant's supplier out of use."""
    run(
        lambda command, at: change_partner(
            partner_id=plant.supplier.pk,
            expected_version=1,
            changes={"is_active": False},
            command=command,
            at=at,
        )
    )


def retire_material(material: Material) -> None:
    """Take a material out of use."""
    run(
        lambda command, at: change_material(
            material_id=material.pk,
            expected_version=1,
            changes={"is_active": False},
            command=command,
            at=at,
        )
    )


def events(order: LockedOrder) -> list[tuple[str, int]]:
    """What happened to an order: (type, version) of its events."""
    rows = OutboxEvent.objects.filter(subject_id=order.order.pk).order_by("id")
    return [(e.type, e.subject_version) for e in rows]

"""What a newcomer sees in the demo plant besides the history: work that waits, in Chinese.

Two orders wait for their goods, two arrivals for their inspection, one lot is on hold; materials
with serials, without lot control and exempt from inspection are in stock.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.contexts.catalog import public as catalog
from zhiliu.contexts.catalog.models import ControlProfile, Site, Unit
from zhiliu.contexts.inspections import public as inspections
from zhiliu.contexts.inspections.events import InspectionOpened
from zhiliu.contexts.partners import public as partners
from zhiliu.contexts.purchasing import public as purchasing
from zhiliu.contexts.receiving import public as receiving
from zhiliu.contexts.stock import public as stock
from zhiliu.contexts.stock.models import Place
from zhiliu.kernel.command import Command
from zhiliu.platform.access.public import get_actor
from zhiliu.platform.outbox.public import events_so_far

SITE, DOCK, UNIT, INSPECTED = "AW-1", "ARRIVAL", "EA", "AW-INSPECTED"
SUPPLIER = ("ZL-S01", "苏州华东精密零件有限公司")
BEARING, CONTROLLER, SCREW, CARTON = "ZL-4001", "ZL-1001", "ZL-2001", "ZL-3001"
BUSHING, PIN, SHAFT, SEAL = "ZL-5001", "ZL-5002", "ZL-6001", "ZL-6002"
NAMES = {
    BEARING: "深沟球轴承 6204",
    CONTROLLER: "电机控制器",
    SCREW: "内六角螺钉 M6×20",
    CARTON: "包装纸箱",
    BUSHING: "导向轴套 Φ20×30",
    PIN: "定位销 Φ12×45",
    SHAFT: "传动轴 Φ12×180",
    SEAL: "橡胶密封圈 25×2.5",
}
PROFILES = {
    CONTROLLER: (
        "DEMO-SERIAL",
        "序列号管理，到货检验",
        catalog.LotControl.SERIAL,
        catalog.InspectionNeed.REQUIRED,
    ),
    SCREW: (
        "DEMO-NONE",
        "按名发料，不区分批次，到货检验",
        catalog.LotControl.NONE,
        catalog.InspectionNeed.REQUIRED,
    ),
    CARTON: (
        "DEMO-EXEMPT",
        "批次管理，免检",
        catalog.LotControl.LOT,
        catalog.InspectionNeed.EXEMPT,
    ),
}
LEAD_TIME_DAYS = 14
PRICES = {
    BEARING: "12.50",
    CONTROLLER: "380",
    SCREW: "0.35",
    CARTON: "4.20",
    BUSHING: "6.80",
    PIN: "18.60",
    SHAFT: "46.00",
    SEAL: "0.60",
}
HOLD_REASON = "装配反馈轴承异响，等待复检"

# Performs a command once for its key; gives back the answer, also when it was done before.
Once = Callable[[str, str, Callable[[Command, datetime], Any]], Any]
Quantities = dict[str, int]


def book_demo_goods(once: Once, responsible_id: UUID) -> None:
    """Book what waits and what is in stock; repeating it adds nothing. Needs the imported plant."""
    materials = book_materials(once)
    supplier = book_supplier(once)

    _terms(once, supplier, materials)
    book_order(once, "waiting", supplier, materials, {BEARING: 500, SCREW: 2000})
    order = book_order(once, "uninspected", supplier, materials, {CONTROLLER: 5})
    book_arrival(once, "uninspected", order, {CONTROLLER: 5})
    received = {BEARING: 200, SCREW: 1000, CARTON: 300}
    order = book_order(once, "stock", supplier, materials, received)
    lots = book_arrival(once, "stock", order, received)
    for number in (BEARING, SCREW):
        _accept(once, number, lots[number]["inspection"], received[number])
    _hold(once, lots[BEARING]["lot"], responsible_id)


def book_planned_goods(once: Once) -> None:
    """What is inspected by a plan: bushings wait for their inspection, pins for their arrival."""
    supplier, materials = book_supplier(once), book_materials(once)
    order = book_order(once, "planned", supplier, materials, {BUSHING: 80})
    book_arrival(once, "planned", order, {BUSHING: 80})
    book_order(once, "pins", supplier, materials, {PIN: 80})


def book_materials(once: Once) -> dict[str, UUID]:
    unit = Unit.objects.get(code=UNIT).pk
    inspected = ControlProfile.objects.get(code=INSPECTED).pk
    found = {}
    for number, name in NAMES.items():
        profile = _profile(once, number) if number in PROFILES else inspected

        def add(
            command: Command,
            at: datetime,
            number: str = number,
            name: str = name,
            profile: UUID = profile,
        ) -> dict[str, UUID]:
            material = catalog.add_material(
                number=number,
                name=name,
                unit_id=unit,
                profile_id=profile,
                command=command,
                at=at,
            )
            return {"id": material.pk}

        found[number] = UUID(once("catalog.add_material", number, add)["id"])
    return found


def _profile(once: Once, number: str) -> UUID:
    code, name, lot_control, inspection = PROFILES[number]

    def add(command: Command, at: datetime) -> dict[str, UUID]:
        profile = catalog.add_control_profile(
            code=code,
            name=name,
            lot_control=lot_control,
            inspection=inspection,
            command=command,
            at=at,
        )
        return {"id": profile.pk}

    return UUID(once("catalog.add_control_profile", code, add)["id"])


def book_supplier(once: Once) -> UUID:
    number, name = SUPPLIER

    def add(command: Command, at: datetime) -> dict[str, UUID]:
        partner = partners.add_partner(
            number=number,
            name=name,
            roles=[partners.PartnerRole.SUPPLIER],
            command=command,
            at=at,
        )
        return {"id": partner.pk}

    return UUID(once("partners.add_partner", number, add)["id"])


def _terms(once: Once, supplier: UUID, materials: dict[str, UUID]) -> None:
    """What the supplier asks for each material, so that an order needs to name no price."""
    for number, material in materials.items():

        def agree(
            command: Command, at: datetime, number: str = number, material: UUID = material
        ) -> dict[str, UUID]:
            made = purchasing.set_supplier_terms(
                supplier_id=supplier,
                material_id=material,
                price=Decimal(PRICES[number]),
                currency="CNY",
                lead_time_days=LEAD_TIME_DAYS,
                command=command,
                at=at,
            )
            return {"id": made.pk}

        once("purchasing.set_supplier_terms", number, agree)


def book_order(
    once: Once, key: str, supplier: UUID, materials: dict[str, UUID], quantities: Quantities
) -> dict[str, Any]:
    """A placed order; its lines by material number."""
    site = Site.objects.get(code=SITE).pk

    def create(command: Command, at: datetime) -> dict[str, Any]:
        made = purchasing.create_order(
            site_id=site,
            supplier_id=supplier,
            lines=[
                purchasing.LineIn(
                    material_id=materials[number],
                    quantity=Decimal(quantity),
                    price=Decimal(PRICES[number]),
                    due_date=(at + timedelta(days=LEAD_TIME_DAYS)).date(),
                )
                for number, quantity in quantities.items()
            ],
            currency="CNY",
            confirm=True,
            command=command,
            at=at,
        )
        lines = {n: x.line.pk for n, x in zip(quantities, made.lines, strict=True)}
        return {"id": made.order.pk, "lines": lines}

    answer: dict[str, Any] = once("purchasing.create_order", f"order-{key}", create)
    return answer


def book_arrival(
    once: Once, key: str, order: dict[str, Any], quantities: Quantities
) -> dict[str, dict[str, Any]]:
    """The lots that came, by material number, each with the inspection that opened, if any."""
    dock = Place.objects.get(site__code=SITE, code=DOCK).pk

    def receive(command: Command, at: datetime) -> dict[str, Any]:
        done = receiving.receive_goods(
            place_id=dock,
            order_id=UUID(order["id"]),
            lines=[
                receiving.DeliveryLine(
                    quantity=Decimal(quantity),
                    order_line_id=UUID(order["lines"][number]),
                    supplier_lot=f"HD-{number[3:]}",
                    serials=_serials(quantity) if number == CONTROLLER else (),
                )
                for number, quantity in quantities.items()
            ],
            delivery_note=f"SH-{key}",
            command=command,
            at=at,
        )
        opened = {
            lot["lot_id"]: event.subject.id
            for event in events_so_far()
            if isinstance(event, InspectionOpened)
            for lot in event.lots
        }
        lots = (one.lot.pk for one in done.lots)
        return {
            number: {"lot": lot, "inspection": opened.get(lot)}
            for number, lot in zip(quantities, lots, strict=True)
        }

    answer: dict[str, dict[str, Any]] = once("receiving.receive_goods", f"arrival-{key}", receive)
    return answer


def by(author_id: UUID, command: Command) -> Command:
    """The same command, given by a person of the plant."""
    author = get_actor(author_id)
    assert author is not None
    return replace(command, actor=author)


def _serials(quantity: int) -> list[str]:
    return [f"MC-{n:04d}" for n in range(1, quantity + 1)]


def _accept(once: Once, number: str, inspection: str, quantity: int) -> None:
    def count(command: Command, at: datetime) -> dict[str, str]:
        inspections.record_result(
            inspection_id=UUID(inspection),
            inspected=Decimal(quantity),
            nonconforming=Decimal(0),
            command=command,
            at=at,
        )
        return {}

    def accept(command: Command, at: datetime) -> dict[str, str]:
        inspections.accept(inspection_id=UUID(inspection), command=command, at=at)
        return {}

    once("inspections.record_result", number, count)
    once("inspections.accept", number, accept)


def _hold(once: Once, lot: str, responsible_id: UUID) -> None:
    def place(command: Command, at: datetime) -> dict[str, str]:
        stock.place_hold(
            lot_id=UUID(lot),
            cause=stock.HoldCause.MANUAL,
            reason=HOLD_REASON,
            responsible_id=responsible_id,
            review_date=(at + timedelta(days=7)).date(),
            command=command,
            at=at,
        )
        return {}

    once("stock.place_hold", "bearing", place)

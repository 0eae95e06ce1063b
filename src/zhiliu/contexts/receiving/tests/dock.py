"""A plant with a dock: what the tests of receiving start from."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.buying import Plant, build_plant
from tests.support import run

from zhiliu.contexts.catalog.models import Material
from zhiliu.contexts.partners.models import SupplyBlock
from zhiliu.contexts.partners.public import BlockedFunction, get_own_partner_id, place_supply_block
from zhiliu.contexts.purchasing.models import OrderLine
from zhiliu.contexts.purchasing.public import LockedOrder
from zhiliu.contexts.receiving.public import DeliveryLine, ReceivedGoods, receive_goods
from zhiliu.contexts.stock.models import Balance, Hold, Lot, Place
from zhiliu.contexts.stock.public import PlaceKind, add_place
from zhiliu.kernel.actor import SYSTEM, Actor


@dataclass
class Dock:
    """A plant and its arrival place."""

    plant: Plant
    place: Place

    @property
    def own(self) -> UUID:
        """The company as owner of goods."""
        return get_own_partner_id(self.plant.company.pk)

    def receive(
        self,
        *lines: DeliveryLine,
        order: LockedOrder | None = None,
        at: datetime | None = None,
        actor: Actor = SYSTEM,
        **values: Any,
    ) -> ReceivedGoods:
        """Receive for an order, or else from the plant's supplier without one."""
        if order is not None:
            values["order_id"] = order.order.pk
        elif "supplier_id" not in values:
            values["supplier_id"] = self.plant.supplier.pk
        return run(
            lambda command, moment: receive_goods(
                **{"place_id": self.place.pk, **values}, lines=lines, command=command, at=moment
            ),
            operation="receiving.receive_goods",
            actor=actor,
            at=at,
        )

    def block(self, material: Material | None = None) -> SupplyBlock:
        """Block the supplier for receipt, of one material or all."""
        return run(
            lambda command, at: place_supply_block(
                supplier_id=self.plant.supplier.pk,
                blocked_function=BlockedFunction.RECEIPT,
                reason="audit failed",
                material_id=material.pk if material else None,
                command=command,
                at=at,
            )
        )

    def on_hand(self, lot: Lot) -> Decimal:
        """What of a lot stands at the dock, whoever owns it."""
        return sum(
            (b.quantity for b in Balance.objects.filter(lot_id=lot.pk, place=self.place)),
            Decimal(0),
        )


def build_dock() -> Dock:
    """A fresh plant with its arrival place."""
    plant = build_plant()
    place = run(
        lambda command, at: add_place(
            site_id=plant.site.pk,
            code="DOCK",
            name="Dock",
            kind=PlaceKind.ARRIVAL,
            command=command,
            at=at,
        )
    )
    return Dock(plant, place)


def delivered(
    order: LockedOrder, quantity: Any = 100, line: int = 1, **values: Any
) -> DeliveryLine:
    """Goods for a line of an order."""
    line_id = order.lines[line - 1].line.pk
    return DeliveryLine(quantity=Decimal(quantity), order_line_id=line_id, **values)


def causes(lot: Lot) -> list[str]:
    """Why a lot is on hold."""
    return sorted(Hold.objects.filter(lot_id=lot.pk, state="open").values_list("cause", flat=True))


def totals(order: LockedOrder, line: int = 1) -> tuple[Decimal, Decimal]:
    """What a line received and returned so far."""
    row = OrderLine.objects.get(pk=order.lines[line - 1].line.pk)
    return row.received, row.returned

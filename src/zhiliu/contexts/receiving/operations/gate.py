"""Turning goods away at the gate."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.catalog.models import Unit
from zhiliu.contexts.catalog.public import get_material, get_site, get_unit, to_stock_unit
from zhiliu.contexts.partners.public import get_supplier
from zhiliu.contexts.purchasing.errors import BadQuantity
from zhiliu.contexts.purchasing.public import lock_order
from zhiliu.contexts.receiving.errors import (
    GoodsNotNamed,
    NotFound,
    OrderOrSupplier,
    ReasonMissing,
)
from zhiliu.contexts.receiving.events import GoodsRefused
from zhiliu.contexts.receiving.models import GateRefusal
from zhiliu.contexts.receiving.states import REFUSAL_KIND
from zhiliu.kernel.actor import Scope
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import record_appended
from zhiliu.platform.numbering.public import take_numbers
from zhiliu.platform.outbox.public import record_event

REFUSAL_RANGE = "receiving.gate_refusal"


def refuse_at_gate(
    *,
    order_id: UUID | None = None,
    supplier_id: UUID | None = None,
    site_id: UUID | None = None,
    material_id: UUID | None = None,
    description: str = "",
    quantity: Decimal | None = None,
    unit_id: UUID | None = None,
    delivery_note: str = "",
    command: Command,
    at: datetime,
) -> GateRefusal:
    """Record goods that were turned away, with the command's reason; nothing is booked.

    For an order in whatever state, or from a supplier at a site. Raises NotFound, OrderOrSupplier,
    NotASupplier, ReasonMissing, GoodsNotNamed, DoesNotFit, BadQuantity, NoConversion; emits
    GoodsRefused.
    """
    if not command.reason.strip():
        raise ReasonMissing(act="refuse goods at the gate")
    company_id, site_id, supplier_id = _where(order_id, supplier_id, site_id, command)
    if material_id is None and not description.strip():
        raise GoodsNotNamed()
    unit = _unit(material_id, quantity, unit_id)

    (number,) = take_numbers(company_id=company_id, kind=REFUSAL_RANGE)
    refused = record_appended(
        GateRefusal(
            number=number,
            company_id=company_id,
            site_id=site_id,
            supplier_id=supplier_id,
            order_id=order_id,
            material_id=material_id,
            description=description.strip(),
            quantity=quantity,
            unit_id=unit.pk if unit else None,
            delivery_note=delivery_note,
            reason=command.reason.strip(),
            refused_by=command.actor.id,
            command_id=command.id,
            occurred_at=at,
        )
    )
    record_event(
        GoodsRefused(
            subject=Reference(REFUSAL_KIND, refused.pk, number),
            company_id=company_id,
            site_id=site_id,
            order_id=order_id,
            supplier_id=supplier_id,
            material_id=material_id,
            description=refused.description,
            quantity=quantity,
            unit=unit.code if unit else "",
            reason=refused.reason,
        ),
        command,
        at,
    )
    return refused


def _where(
    order_id: UUID | None, supplier_id: UUID | None, site_id: UUID | None, command: Command
) -> tuple[UUID, UUID, UUID]:
    """Company, site and supplier of what was refused, which the actor must be granted."""
    if order_id is not None:
        if supplier_id is not None or site_id is not None:
            raise OrderOrSupplier()
        order = lock_order(order_id, command).order
        return order.company_id, order.site_id, order.supplier_id
    if supplier_id is None or site_id is None:
        raise OrderOrSupplier()
    site = get_site(site_id)
    there = Scope(company_id=site.company_id, site_id=site.pk, supplier_id=supplier_id)
    if not command.actor.may(command.operation, there):
        raise NotFound("site", str(site_id))
    return site.company_id, site.pk, get_supplier(supplier_id).pk


def _unit(material_id: UUID | None, quantity: Decimal | None, unit_id: UUID | None) -> Unit | None:
    """The unit of the quantity, which must fit it; none without a quantity."""
    material = get_material(material_id) if material_id is not None else None
    if unit_id is None and material is not None:
        unit_id = material.unit_id
    if quantity is None:
        return None
    if unit_id is None:
        raise GoodsNotNamed()
    unit = get_unit(unit_id)
    if quantity <= 0:
        raise BadQuantity(material=material.number if material else unit.code, quantity=quantity)
    if material is not None:
        to_stock_unit(material, quantity, unit.pk)
    return unit

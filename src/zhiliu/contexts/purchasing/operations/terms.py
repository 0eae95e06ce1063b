"""What is agreed with suppliers."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.catalog.errors import SharedByAll
from zhiliu.contexts.catalog.public import get_material, get_unit
from zhiliu.contexts.partners.public import get_supplier
from zhiliu.contexts.purchasing import rules
from zhiliu.contexts.purchasing.events import SupplierTermsSet
from zhiliu.contexts.purchasing.models import SupplierTerms
from zhiliu.kernel.actor import Scope
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import record_changed, record_created
from zhiliu.platform.outbox.public import record_event


def set_supplier_terms(
    *,
    supplier_id: UUID,
    material_id: UUID,
    price: Decimal,
    currency: str,
    lead_time_days: int,
    unit_id: UUID | None = None,
    min_order_quantity: Decimal | None = None,
    max_order_quantity: Decimal | None = None,
    supplier_item: str = "",
    command: Command,
    at: datetime,
) -> SupplierTerms:
    """State at which terms a supplier delivers a material, instead of what was agreed before.

    Price and quantities are per `unit_id`, the stock unit unless said. Raises NotFound,
    NotASupplier, SharedByAll, BadCurrency, BadPrice, BadOrderRange; emits SupplierTermsSet when
    something changed.
    """
    supplier = get_supplier(supplier_id)
    if not command.actor.may(command.operation, Scope(supplier_id=supplier.pk)):
        raise SharedByAll(operation=command.operation)
    material = get_material(material_id)
    unit = get_unit(material.unit_id if unit_id is None else unit_id)
    for refusal in (
        *rules.check_currency(currency),
        *rules.check_price(material.number, price),
        *rules.check_order_range(min_order_quantity, max_order_quantity),
    ):
        raise refusal
    values = {
        "unit_id": unit.pk,
        "price": price,
        "currency": currency,
        "lead_time_days": lead_time_days,
        "min_order_quantity": min_order_quantity,
        "max_order_quantity": max_order_quantity,
        "supplier_item": supplier_item,
    }
    rows = SupplierTerms.objects.filter(supplier=supplier, material=material)
    terms = rows.select_for_update(no_key=True).first()
    if terms is None:
        terms = record_created(
            SupplierTerms(supplier=supplier, material=material, **values), command
        )
    else:
        was = terms.version
        record_changed(terms, command, **values)
        if terms.version == was:
            return terms
    record_event(_set(terms, f"{supplier.number}/{material.number}"), command, at)
    return terms


def _set(terms: SupplierTerms, number: str) -> SupplierTermsSet:
    return SupplierTermsSet(
        subject=Reference(terms.kind, terms.pk, number, terms.version),
        company_id=None,
        site_id=None,
        supplier_id=terms.supplier_id,
        material_id=terms.material_id,
        unit_id=terms.unit_id,
        price=terms.price,
        currency=terms.currency,
        lead_time_days=terms.lead_time_days,
    )

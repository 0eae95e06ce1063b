"""Checking a given quantity against its material's stock unit."""

from decimal import Decimal
from uuid import UUID

from zhiliu.contexts.catalog.models import Material
from zhiliu.contexts.stock.errors import BadQuantity, NotFound
from zhiliu.kernel.quantity import NotAQuantity, exact, plain
from zhiliu.platform.evidence.public import flush


def get_material(material_id: UUID) -> Material:
    """The material with its unit and profile; raises NotFound."""
    flush()
    found = Material.objects.select_related("unit", "profile").filter(pk=material_id).first()
    if found is None:
        raise NotFound(what="material", given=str(material_id))
    return found


def checked_quantity(
    quantity: Decimal, material: Material, *, zero_allowed: bool = False
) -> Decimal:
    """The quantity when it is above 0 and no finer than the stock unit; raises BadQuantity."""
    unit = material.unit
    try:
        value = exact(quantity)
        fine = value == value.quantize(Decimal(1).scaleb(-unit.decimals))
    except NotAQuantity:
        fine, value = False, Decimal(0)
    if not fine or value < 0 or (value == 0 and not zero_allowed):
        raise BadQuantity(given=plain(quantity), unit=unit.code, decimals=unit.decimals)
    return value

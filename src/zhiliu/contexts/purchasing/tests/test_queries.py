"""Reads of purchasing; the set-based load equals the plain one; the lock shows what is there."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from tests.buying import build_plant, line
from tests.support import run
from tests.support_committing import at_once, committing

from zhiliu.contexts.catalog.errors import NoConversion
from zhiliu.contexts.catalog.public import (
    LotControl,
    add_unit_conversion,
    get_materials,
    to_stock_unit,
)
from zhiliu.contexts.partners.public import BlockedFunction, open_blocks, place_supply_block
from zhiliu.contexts.purchasing.errors import NotFound
from zhiliu.contexts.purchasing.models import OrderLine
from zhiliu.contexts.purchasing.public import load_facts, lock_order, record_received
from zhiliu.contexts.purchasing.queries.orders import get_order_view, list_orders
from zhiliu.kernel.actor import SYSTEM, Actor, Scope
from zhiliu.kernel.ids import new_id

D = Decimal


def several(plant: Any) -> list[Any]:
    """Materials of all kinds: own, common, inverse and no conversion, blocked and free."""
    materials = [
        plant.material(per_carton=12, over_tolerance_percent=D(5)),
        plant.material(shelf_life_days=30, lot_control=LotControl.SERIAL),
        plant.material(unit=plant.metre),
        plant.material(unit=plant.carton),
    ]

    def convert(command, at):
        pairs = (
            (plant.carton, plant.piece, 7, 1, None),
            (plant.metre, plant.carton, 1, 3, materials[2].pk),
        )
        for one, other, numerator, denominator, material_id in pairs:
            add_unit_conversion(
                from_unit_id=one.pk,
                to_unit_id=other.pk,
                numerator=numerator,
                denominator=denominator,
                material_id=material_id,
                command=command,
                at=at,
            )
        for material_id in (None, materials[1].pk):
            place_supply_block(
                supplier_id=plant.supplier.pk,
                blocked_function=BlockedFunction.RECEIPT,
                reason=f"block {material_id}",
                material_id=material_id,
                command=command,
                at=at,
            )

    run(convert)
    return materials


@pytest.mark.django_db
@pytest.mark.parametrize("function", BlockedFunction)
def test_facts_equal_what_catalog_and_partners_say_one_by_one(function):
    plant = build_plant()
    materials = several(plant)
    units = (plant.piece, plant.carton, plant.metre)
    asked = [(m.pk, u.pk, None) for m in materials for u in units]

    found = load_facts(asked, plant.supplier.pk, function)

    plain = get_materials(m.pk for m in materials)
    blocks = open_blocks(plant.supplier.pk, plain, function)
    assert len(found.lines) == 12
    for (material_id, unit_id, _), one in zip(asked, found.lines, strict=True):
        facts, material = one.material, plain[material_id]
        assert (facts.number, facts.is_active) == (material.number, material.is_active)
        assert (facts.stock_unit.pk, facts.unit.pk) == (material.unit_id, unit_id)
        for name in facts.profile.__dataclass_fields__:
            assert getattr(facts.profile, name) == getattr(material.profile, name)
        expected = blocks.get(material_id)
        assert (facts.block.id if facts.block else None) == (expected.pk if expected else None)
        try:
            converted = to_stock_unit(material, D(30), unit_id)
        except NoConversion:
            with pytest.raises(NoConversion):
                facts.in_stock_unit(D(30))
        else:
            assert facts.in_stock_unit(D(30)) == converted


@pytest.mark.django_db
def test_a_locked_order_knows_its_materials_as_a_load_does():
    plant = build_plant()
    materials = several(plant)
    order = plant.order(*(line(m, 3, unit_id=m.unit_id) for m in materials))

    locked = run(lambda command, at: lock_order(order.order.pk, command))

    asked = [(m.pk, m.unit_id, None) for m in materials]
    facts = load_facts(asked, plant.supplier.pk, BlockedFunction.RECEIPT)
    assert [one.material for one in locked.lines] == [one.material for one in facts.lines]
    assert locked.supplier == facts.supplier == plant.supplier.number
    rows = OrderLine.objects.order_by("line").values()
    assert [
        {f: getattr(one.line, f) for f in row} for one, row in zip(locked.lines, rows, strict=True)
    ] == list(rows)


@pytest.mark.django_db
def test_a_view_says_what_is_open_and_complete():
    plant = build_plant()
    material = plant.material(short_tolerance_percent=D(10))
    order = plant.order(line(material, 100), line(material, 50))
    run(lambda command, at: record_received(order.lines[0].line.pk, D(95)))

    view = get_order_view(SYSTEM, order.order.pk)

    assert [(one.open_quantity, one.is_complete) for one in view.lines] == [
        (D(5), True),
        (D(50), False),
    ]


@pytest.mark.django_db
def test_a_supplier_sees_its_own_orders_and_a_site_its_own():
    plant, other = build_plant(), build_plant()
    mine = plant.order(line(plant.material())).order
    theirs = other.order(line(other.material())).order

    def seen(scope):
        actor = Actor(SYSTEM.id, "x", {"purchasing.read": (scope,)})
        with pytest.raises(NotFound):
            get_order_view(actor, theirs.pk)
        return [o.pk for o in list_orders(actor)]

    assert seen(Scope(supplier_id=plant.supplier.pk)) == [mine.pk]
    assert seen(Scope(site_id=plant.site.pk)) == [mine.pk]
    assert seen(Scope(company_id=plant.company.pk)) == [mine.pk]
    assert seen(Scope(site_id=new_id())) == []


def test_whoever_waited_for_an_order_sees_what_the_other_received(django_db_blocker):
    with committing(django_db_blocker):
        plant = build_plant()
        order = plant.order(line(plant.material(), 100))
        seen: list[Decimal] = []

        def receive(command, at):
            (one,) = lock_order(order.order.pk, command).lines
            seen.append(one.line.received)
            record_received(one.line.pk, D(10))

        answers = at_once(lambda n: run(receive), 8)

        assert answers == [None] * 8
        assert sorted(seen) == [D(10 * n) for n in range(8)]
        with transaction.atomic():
            assert OrderLine.objects.get(order=order.order).received == D(80)

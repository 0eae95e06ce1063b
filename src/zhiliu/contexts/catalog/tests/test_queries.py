"""The reads of the catalogue."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from tests.support import run

from zhiliu.contexts.catalog import operations, queries
from zhiliu.contexts.catalog.errors import DoesNotFit, NoConversion, NotFound, RoundsToNothing
from zhiliu.contexts.catalog.tests.conftest import Plant
from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.command import Command
from zhiliu.kernel.quantity import Converted


def convert_by(plant: Plant, **content: Any) -> None:
    shape = {"from_unit_id": plant.box.id, "to_unit_id": plant.piece.id, **content}
    run(lambda command, at: operations.add_unit_conversion(**shape, command=command, at=at))


def test_a_quantity_in_the_stock_unit_stays_exactly_as_it_is(plant: Plant) -> None:
    found = queries.to_stock_unit(plant.bolt, Decimal("12"), plant.piece.id)

    assert found == Converted(Decimal(12), Decimal(0))
    with pytest.raises(DoesNotFit):
        queries.to_stock_unit(plant.bolt, Decimal("12.5"), plant.piece.id)


def test_a_conversion_for_all_holds_and_one_of_the_material_goes_before_it(plant: Plant) -> None:
    convert_by(plant, numerator=12)
    convert_by(plant, numerator=100, material_id=plant.bolt.id)

    assert queries.to_stock_unit(plant.frame, Decimal(2), plant.box.id).value == 24
    assert queries.to_stock_unit(plant.bolt, Decimal(2), plant.box.id).value == 200


def test_a_conversion_holds_backwards_and_shows_what_rounding_took(plant: Plant) -> None:
    convert_by(
        plant,
        from_unit_id=plant.piece.id,
        to_unit_id=plant.kilogram.id,
        numerator=7,
        denominator=1000,
    )

    found = queries.to_stock_unit(plant.bolt, Decimal("1.000"), plant.kilogram.id)

    assert found == Converted(Decimal(143), Decimal("-0.142857142857"))
    with pytest.raises(RoundsToNothing):
        queries.to_stock_unit(plant.bolt, Decimal("0.001"), plant.kilogram.id)


def test_without_a_conversion_the_way_out_is_the_stock_unit(plant: Plant) -> None:
    with pytest.raises(NoConversion) as refused:
        queries.to_stock_unit(plant.bolt, Decimal(1), plant.box.id)

    assert plant.piece.code in refused.value.remedy("zh")
    assert plant.piece.code in refused.value.remedy("en")


def test_a_quantity_must_fit_the_unit_that_it_is_given_in(plant: Plant) -> None:
    convert_by(plant, numerator=12)

    with pytest.raises(DoesNotFit) as refused:
        queries.to_stock_unit(plant.bolt, Decimal("0.5"), plant.box.id)

    assert refused.value.unit == plant.box.code


def test_the_materials_of_a_document_come_in_one_query(
    plant: Plant, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        found = queries.get_materials([plant.bolt.id, plant.frame.id, plant.bolt.id])
        units = {m.unit.code for m in found.values()} | {m.profile.code for m in found.values()}

    assert set(found) == {plant.bolt.id, plant.frame.id}
    assert units == {plant.piece.code, plant.by_lot.code}


@pytest.mark.parametrize(
    "get",
    [
        queries.get_company,
        queries.get_site,
        queries.get_unit,
        queries.get_profile,
        queries.get_material,
        queries.get_revision,
    ],
)
@pytest.mark.django_db
def test_what_does_not_exist_is_not_found(get: Any) -> None:
    with pytest.raises(NotFound):
        get(uuid4())


def test_an_id_of_another_kind_is_not_found_though_it_is_remembered(plant: Plant) -> None:
    queries.get_unit(plant.piece.id)

    with pytest.raises(NotFound):
        queries.get_site(plant.piece.id)


def test_what_never_changes_is_asked_once(plant: Plant, django_assert_num_queries: Any) -> None:
    first = queries.get_unit(plant.kilogram.id)

    with django_assert_num_queries(0):
        assert queries.get_unit(plant.kilogram.id) == first


def test_an_operation_reads_what_it_just_added(plant: Plant) -> None:
    def call(command: Command, at: datetime) -> Any:
        added = operations.add_material_revision(
            material_id=plant.bolt.id, revision="C", command=command, at=at
        )
        return queries.get_revision(added.id)

    assert run(call).revision == "C"


def test_a_profile_is_read_at_its_present_version(plant: Plant) -> None:
    assert queries.get_profile(plant.by_lot.id).version == 1

    run(
        lambda command, at: operations.change_control_profile(
            profile_id=plant.by_lot.id,
            expected_version=1,
            changes={"name": "other"},
            command=command,
            at=at,
        )
    )

    assert queries.get_profile(plant.by_lot.id).version == 2


LISTS = [
    queries.list_units,
    queries.list_unit_conversions,
    queries.list_control_profiles,
    queries.list_materials,
    queries.list_material_revisions,
    queries.list_bill_lines,
]


def reader(*scopes: Scope) -> Actor:
    return Actor(uuid4(), "reader", {"catalog.read": scopes})


def test_sites_and_companies_are_seen_inside_the_grant(plant: Plant) -> None:
    company, site = [plant.company.id], [plant.site.id]

    def seen(scope: Scope) -> tuple[list[Any], list[Any]]:
        return (
            [c.id for c in queries.list_companies(reader(scope))],
            [s.id for s in queries.list_sites(reader(scope))],
        )

    assert seen(Scope()) == (company, site)
    assert seen(Scope(company_id=plant.company.id)) == (company, site)
    assert seen(Scope(site_id=plant.site.id)) == (company, site)
    assert seen(Scope(company_id=uuid4())) == ([], [])
    assert seen(Scope(site_id=uuid4())) == ([], [])
    assert seen(Scope(supplier_id=uuid4())) == ([], [])


@pytest.mark.parametrize("rows", LISTS, ids=[rows.__name__ for rows in LISTS])
def test_staff_of_any_site_see_what_is_shared_and_a_supplier_does_not(
    plant: Plant, rows: Any
) -> None:
    convert_by(plant, numerator=12)
    run(
        lambda command, at: operations.add_material_revision(
            material_id=plant.bolt.id, revision="A", command=command, at=at
        )
    )
    run(
        lambda command, at: operations.add_bill_line(
            assembly_id=plant.frame.id,
            component_id=plant.bolt.id,
            quantity=Decimal(1),
            unit_id=plant.piece.id,
            valid_from=at.date(),
            command=command,
            at=at,
        )
    )

    assert rows(reader(Scope(site_id=plant.site.id))).exists()
    assert rows(reader(Scope())).exists()
    assert not rows(reader(Scope(supplier_id=uuid4()))).exists()
    assert not rows(reader(Scope(customer_id=uuid4()))).exists()
    assert not rows(reader()).exists()

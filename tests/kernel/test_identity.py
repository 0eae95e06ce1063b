"""Ids and human numbers, actors and their scopes."""

from uuid import UUID, uuid4

import pytest

from zhiliu.kernel.actor import EVERYWHERE, IMPORT, SYSTEM, Actor, Scope
from zhiliu.kernel.command import Reference
from zhiliu.kernel.ids import child_number, human_number, new_id

A, B = UUID(int=10), UUID(int=11)


def test_ids_are_uuids_of_version_7_that_rise() -> None:
    ids = [new_id() for _ in range(1000)]

    assert {i.version for i in ids} == {7}
    assert len(set(ids)) == 1000
    assert ids == sorted(ids)
    assert all(type(i) is UUID for i in ids)


@pytest.mark.parametrize(
    ("prefix", "value", "width", "number"),
    [
        ("L", 42, 4, "L-0042"),
        ("PO", 1, 6, "PO-000001"),
        ("L", 9999, 4, "L-9999"),
        ("L", 10000, 4, "L-10000"),
        ("L", 123456789, 4, "L-123456789"),
    ],
)
def test_a_human_number_is_padded_and_never_cut(
    prefix: str, value: int, width: int, number: str
) -> None:
    assert human_number(prefix, value, width) == number


def test_a_part_is_numbered_after_its_lot() -> None:
    assert child_number("L-0042", 1) == "L-0042.1"
    assert child_number("L-0042.1", 2) == "L-0042.1.2"


@pytest.mark.parametrize(
    ("mine", "where", "covers"),
    [
        (Scope(), Scope(), True),
        (Scope(), Scope(company_id=A, site_id=B), True),
        (Scope(company_id=A), Scope(company_id=A, site_id=B), True),
        (Scope(company_id=A), Scope(company_id=B), False),
        (Scope(company_id=A), Scope(), False),
        (Scope(site_id=A), Scope(company_id=A), False),
        (Scope(supplier_id=A), Scope(company_id=B, supplier_id=A), True),
        (Scope(supplier_id=A), Scope(supplier_id=B), False),
        (Scope(supplier_id=A), Scope(customer_id=A), False),
        (Scope(customer_id=A), Scope(customer_id=A), True),
        (Scope(company_id=A, site_id=B), Scope(company_id=A, site_id=B), True),
        (Scope(company_id=A, site_id=B), Scope(company_id=A), False),
    ],
)
def test_a_scope_covers_only_what_it_can_prove(mine: Scope, where: Scope, covers: bool) -> None:
    assert mine.covers(where) is covers


def test_the_scopes_of_several_grants_are_a_union() -> None:
    actor = Actor(uuid4(), "Li", {"stock.issue": (Scope(site_id=A), Scope(site_id=B))})

    assert actor.may("stock.issue", Scope(site_id=A))
    assert actor.may("stock.issue", Scope(site_id=B))
    assert not actor.may("stock.issue", Scope(site_id=uuid4()))


def test_what_was_not_granted_holds_nowhere() -> None:
    actor = Actor(uuid4(), "Li", {"stock.issue": (EVERYWHERE,)})

    assert actor.scopes("stock.ship") == ()
    assert not actor.may("stock.ship", Scope())


@pytest.mark.parametrize("actor", [SYSTEM, IMPORT])
def test_the_system_may_do_everything_everywhere(actor: Actor) -> None:
    assert actor.scopes("stock.ship") == (EVERYWHERE,)
    assert actor.may("stock.ship", Scope(supplier_id=A))


def test_a_reference_shows_the_number_that_people_know() -> None:
    assert str(Reference("sales.order", A, "SO-0007", 3)) == "sales.order/SO-0007"

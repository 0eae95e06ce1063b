"""What the catalogue refuses, and that a refusal changes nothing."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.support import run

from zhiliu.contexts.catalog import operations
from zhiliu.contexts.catalog.models import (
    Site,
    Unit,
)
from zhiliu.contexts.catalog.tests.acts import (
    ADDED,
    DAY,
    Content,
    a_bill_line,
    a_conversion,
    a_material,
    a_profile,
    counts,
    perform,
)
from zhiliu.contexts.catalog.tests.conftest import Plant
from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.refusal import Refusal

GHOST = uuid4()
COMPANY = {"code": "NEW", "name": "n", "currency": "CNY", "time_zone": "Asia/Shanghai"}

REFUSED: list[tuple[str, Content, str]] = [
    ("add_company", lambda p: {**COMPANY, "currency": "yuan"}, "bad_currency"),
    ("add_company", lambda p: {**COMPANY, "time_zone": "Mars/Olympus"}, "bad_time_zone"),
    ("add_company", lambda p: {**COMPANY, "code": p.company.code}, "already_exists"),
    ("add_site", lambda p: {"company_id": GHOST, "code": "x", "name": "x"}, "not_found"),
    (
        "add_site",
        lambda p: {"company_id": p.company.id, "code": p.site.code, "name": "x"},
        "already_exists",
    ),
    (
        "add_site",
        lambda p: {"company_id": p.company.id, "code": "x", "name": "x", "time_zone": ""},
        "bad_time_zone",
    ),
    ("add_unit", lambda p: {"code": "x", "name_en": "x", "decimals": 7}, "out_of_range"),
    ("add_unit", lambda p: {"code": p.piece.code, "name_en": "x"}, "already_exists"),
    ("add_unit_conversion", lambda p: a_conversion(p, from_unit_id=GHOST), "not_found"),
    ("add_unit_conversion", lambda p: a_conversion(p, to_unit_id=GHOST), "not_found"),
    ("add_unit_conversion", lambda p: a_conversion(p, material_id=GHOST), "not_found"),
    (
        "add_unit_conversion",
        lambda p: a_conversion(p, from_unit_id=p.piece.id),
        "conversion_of_same",
    ),
    ("add_unit_conversion", lambda p: a_conversion(p, denominator=0), "out_of_range"),
    (
        "add_unit_conversion",
        lambda p: a_conversion(p, to_unit_id=p.kilogram.id, material_id=p.bolt.id),
        "conversion_unused",
    ),
    (
        "add_control_profile",
        lambda p: a_profile(short_tolerance_percent=Decimal(101)),
        "out_of_range",
    ),
    ("add_control_profile", lambda p: a_profile(code=p.by_lot.code), "already_exists"),
    (
        "change_control_profile",
        lambda p: {"profile_id": GHOST, "expected_version": 1, "changes": {"name": "x"}},
        "not_found",
    ),
    (
        "change_control_profile",
        lambda p: {
            "profile_id": p.by_lot.id,
            "expected_version": 1,
            "changes": {"over_tolerance_percent": Decimal(-1)},
        },
        "out_of_range",
    ),
    ("add_material", lambda p: a_material(p, unit_id=GHOST), "not_found"),
    ("add_material", lambda p: a_material(p, profile_id=GHOST), "not_found"),
    ("add_material", lambda p: a_material(p, number=p.bolt.number), "already_exists"),
    (
        "change_material",
        lambda p: {"material_id": GHOST, "expected_version": 1, "changes": {"name": "x"}},
        "not_found",
    ),
    (
        "change_material",
        lambda p: {
            "material_id": p.bolt.id,
            "expected_version": 1,
            "changes": {"profile_id": p.by_serial.id},
        },
        "lot_control_fixed",
    ),
    ("add_material_revision", lambda p: {"material_id": GHOST, "revision": "A"}, "not_found"),
    ("add_bill_line", lambda p: a_bill_line(p, component_id=GHOST), "not_found"),
    ("add_bill_line", lambda p: a_bill_line(p, unit_id=GHOST), "not_found"),
    ("add_bill_line", lambda p: a_bill_line(p, quantity=Decimal(0)), "out_of_range"),
    (
        "add_bill_line",
        lambda p: a_bill_line(p, quantity=Decimal("1.5")),
        "quantity_does_not_fit",
    ),
    ("add_bill_line", lambda p: a_bill_line(p, valid_to=DAY), "bad_validity"),
    ("add_bill_line", lambda p: a_bill_line(p, component_id=p.frame.id), "bill_loop"),
    (
        "end_bill_line",
        lambda p: {"line_id": GHOST, "expected_version": 1, "valid_to": None},
        "not_found",
    ),
    (
        "end_bill_line",
        lambda p: {
            "line_id": perform("add_bill_line", a_bill_line(p)).id,
            "expected_version": 1,
            "valid_to": DAY,
        },
        "bad_validity",
    ),
    (
        "change_unit_conversion",
        lambda p: {"conversion_id": GHOST, "expected_version": 1, "numerator": 1},
        "not_found",
    ),
    (
        "change_unit_conversion",
        lambda p: {
            "conversion_id": perform("add_unit_conversion", a_conversion(p)).id,
            "expected_version": 1,
            "numerator": 0,
        },
        "out_of_range",
    ),
]


@pytest.mark.parametrize(
    ("name", "content", "code"), REFUSED, ids=[f"{r[0]}-{r[2]}" for r in REFUSED]
)
def test_a_refusal_changes_nothing(plant: Plant, name: str, content: Content, code: str) -> None:
    asked = content(plant)
    before = counts()

    with pytest.raises(Refusal) as refused:
        perform(name, asked)

    assert refused.value.code == f"catalog.{code}"
    assert counts() == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("change_material", lambda p: {"material_id": p.bolt.id, "changes": {"name": "x"}}),
        ("change_control_profile", lambda p: {"profile_id": p.by_lot.id, "changes": {"name": "x"}}),
    ],
)
def test_a_change_of_a_version_that_is_gone_is_refused(
    plant: Plant, name: str, content: Content
) -> None:
    perform(name, {"expected_version": 1, **content(plant)})
    before = counts()

    with pytest.raises(Refusal) as refused:
        perform(name, {"expected_version": 1, **content(plant)})

    assert refused.value.code == "commands.version_mismatch"
    assert refused.value.data() == {"expected": 1, "actual": 2}
    assert counts() == before


def an_actor(name: str, scope: Scope) -> Actor:
    return Actor(uuid4(), "clerk", {f"catalog.{name}": (scope,)})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *((a[0], a[1]) for a in ADDED if a[0] != "add_site"),
        (
            "change_material",
            lambda p: {"material_id": p.bolt.id, "expected_version": 1, "changes": {"name": "x"}},
        ),
        (
            "change_control_profile",
            lambda p: {"profile_id": p.by_lot.id, "expected_version": 1, "changes": {"name": "x"}},
        ),
    ],
)
def test_what_all_companies_share_is_changed_only_without_limit(
    plant: Plant, name: str, content: Content
) -> None:
    before = counts()

    for scope in (Scope(company_id=plant.company.id), Scope(supplier_id=uuid4())):
        with pytest.raises(Refusal) as refused:
            perform(name, content(plant), actor=an_actor(name, scope))
        assert refused.value.code == "catalog.shared_by_all"
    assert counts() == before


@pytest.mark.parametrize("is_own", [True, False])
def test_a_site_is_added_only_to_a_company_of_the_grant(plant: Plant, is_own: bool) -> None:
    company_id: UUID = plant.company.id if is_own else uuid4()
    site = {"company_id": plant.company.id, "code": "NEW", "name": "n"}
    actor = an_actor("add_site", Scope(company_id=company_id))

    if is_own:
        assert perform("add_site", site, actor=actor).company_id == plant.company.id
    else:
        with pytest.raises(Refusal) as refused:
            perform("add_site", site, actor=actor)
        assert refused.value.code == "catalog.not_found"
        assert not Site.objects.filter(code="NEW").exists()


def test_an_operation_of_another_context_was_permitted_there(plant: Plant) -> None:
    actor = Actor(uuid4(), "importer", {"connectors.import": (Scope(site_id=plant.site.id),)})

    def call(command: Any, at: datetime) -> Unit:
        return operations.add_unit(code="NEW", name_en="x", command=command, at=at)

    unit = run(call, operation="connectors.import", actor=actor)

    assert Unit.objects.filter(pk=unit.pk).exists()

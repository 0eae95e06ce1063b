"""Every write of the catalogue: its rows, its audit entry, its event; a refusal changes nothing."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from tests.support import run
from tests.support_committing import at_once, committing, in_thread

from zhiliu.contexts.catalog import operations
from zhiliu.contexts.catalog.models import (
    BillLine,
    Company,
    ControlProfile,
    Material,
    MaterialRevision,
    Site,
    Unit,
    UnitConversion,
)
from zhiliu.contexts.catalog.states import InspectionNeed, LotControl
from zhiliu.contexts.catalog.tests.conftest import Plant, make_plant
from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

Content = Callable[[Plant], dict[str, Any]]
DAY = date(2026, 1, 1)

ADDED: list[tuple[str, Content, type[Any], str, dict[str, Any]]] = [
    (
        "add_company",
        lambda p: {"code": "NEW", "name": "n", "currency": "EUR", "time_zone": "Europe/Berlin"},
        Company,
        "catalog.company_added.v1",
        {"name": "n", "currency": "EUR", "time_zone": "Europe/Berlin"},
    ),
    (
        "add_site",
        lambda p: {"company_id": p.company.id, "code": "NEW", "name": "西厂"},
        Site,
        "catalog.site_added.v1",
        {"name": "西厂", "time_zone": "Asia/Shanghai"},
    ),
    (
        "add_unit",
        lambda p: {"code": "NEW", "name_en": "metre", "name_zh": "米", "decimals": 3},
        Unit,
        "catalog.unit_added.v1",
        {"decimals": 3},
    ),
    (
        "add_unit_conversion",
        lambda p: {"from_unit_id": p.box.id, "to_unit_id": p.piece.id, "numerator": 12},
        UnitConversion,
        "catalog.unit_conversion_added.v1",
        {"material_id": None, "numerator": 12, "denominator": 1},
    ),
    (
        "add_control_profile",
        lambda p: {
            "code": "NEW",
            "name": "screws",
            "lot_control": LotControl.NONE,
            "inspection": InspectionNeed.EXEMPT,
            "over_tolerance_percent": Decimal("2.5"),
            "shelf_life_days": 90,
        },
        ControlProfile,
        "catalog.control_profile_added.v1",
        {"lot_control": "none", "inspection": "exempt"},
    ),
    (
        "add_material",
        lambda p: {
            "number": "NEW",
            "name": "轴承",
            "group": "bearings",
            "unit_id": p.piece.id,
            "profile_id": p.by_lot.id,
        },
        Material,
        "catalog.material_added.v1",
        {"name": "轴承"},
    ),
    (
        "add_material_revision",
        lambda p: {"material_id": p.bolt.id, "revision": "B", "valid_from": DAY},
        MaterialRevision,
        "catalog.material_revision_added.v1",
        {"revision": "B"},
    ),
    (
        "add_bill_line",
        lambda p: {
            "assembly_id": p.frame.id,
            "component_id": p.bolt.id,
            "quantity": Decimal(4),
            "unit_id": p.piece.id,
            "valid_from": DAY,
        },
        BillLine,
        "catalog.bill_line_added.v1",
        {"quantity": "4"},
    ),
]


def perform(name: str, content: dict[str, Any], **how: Any) -> Any:
    verb = getattr(operations, name)
    return run(
        lambda command, at: verb(**content, command=command, at=at),
        operation=f"catalog.{name}",
        **how,
    )


def counts() -> list[int]:
    models = (Company, Site, Unit, UnitConversion, ControlProfile, Material, MaterialRevision)
    return [m.objects.count() for m in (*models, BillLine, AuditEntry, OutboxEvent)]


@pytest.mark.parametrize(
    ("name", "content", "model", "event", "data"), ADDED, ids=[a[0] for a in ADDED]
)
def test_what_is_added_is_a_row_with_its_audit_entry_and_event(
    plant: Plant, name: str, content: Content, model: type[Any], event: str, data: dict[str, Any]
) -> None:
    asked = content(plant)

    added = perform(name, asked, reason="new plant")

    row = model.objects.get(pk=added.pk)
    assert {k: getattr(row, k) for k in asked} == asked
    entry = AuditEntry.objects.get(record_id=row.pk)
    assert (entry.record_kind, entry.record_version) == (model.kind, 1)
    assert (entry.operation, entry.reason) == (f"catalog.{name}", "new plant")
    assert set(asked) <= set(entry.changes)
    sent = OutboxEvent.objects.get(subject_id=row.pk)
    assert (sent.type, sent.subject_version) == (event, 1)
    assert data.items() <= sent.data.items()


def test_the_events_of_a_company_and_a_site_say_where(plant: Plant) -> None:
    company = OutboxEvent.objects.get(subject_id=plant.company.id)
    site = OutboxEvent.objects.get(subject_id=plant.site.id)

    assert (company.company_id, company.site_id) == (plant.company.id, None)
    assert (site.company_id, site.site_id) == (plant.company.id, plant.site.id)


def test_a_profile_changes_by_what_is_stated_and_rises_its_version(plant: Plant) -> None:
    changes = {"inspection": InspectionNeed.EXEMPT, "shelf_life_days": 30}

    perform(
        "change_control_profile",
        {"profile_id": plant.by_lot.id, "expected_version": 1, "changes": changes},
    )

    row = ControlProfile.objects.get(pk=plant.by_lot.id)
    assert (row.version, row.inspection, row.shelf_life_days) == (2, "exempt", 30)
    assert row.name == plant.by_lot.name
    entry = AuditEntry.objects.get(record_id=row.pk, record_version=2)
    assert entry.changes == {
        "inspection": ["required", "exempt"],
        "shelf_life_days": [None, 30],
    }
    sent = OutboxEvent.objects.get(subject_id=row.pk, subject_version=2)
    assert sent.type == "catalog.control_profile_changed.v1"
    assert sent.data == {"lot_control": "lot", "inspection": "exempt"}


def test_a_material_is_renamed_moved_to_another_profile_and_taken_out_of_use(plant: Plant) -> None:
    other = perform(
        "add_control_profile",
        {
            "code": "exempt",
            "name": "lot, exempt",
            "lot_control": LotControl.LOT,
            "inspection": InspectionNeed.EXEMPT,
        },
    )

    perform(
        "change_material",
        {
            "material_id": plant.bolt.id,
            "expected_version": 1,
            "changes": {"name": "bolt M6", "profile_id": other.id, "is_active": False},
        },
    )

    row = Material.objects.get(pk=plant.bolt.id)
    assert (row.version, row.name, row.profile_id, row.is_active) == (2, "bolt M6", other.id, False)
    entry = AuditEntry.objects.get(record_id=row.pk, record_version=2)
    assert entry.changes == {
        "name": ["bolt", "bolt M6"],
        "profile_id": [str(plant.by_lot.id), str(other.id)],
        "is_active": [True, False],
    }
    sent = OutboxEvent.objects.get(subject_id=row.pk, subject_version=2)
    assert sent.type == "catalog.material_changed.v1"
    assert sent.data == {"name": "bolt M6", "profile": "exempt", "is_active": False}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "change_material",
            lambda p: {"material_id": p.bolt.id, "changes": {"name": "bolt"}},
        ),
        (
            "change_control_profile",
            lambda p: {"profile_id": p.by_lot.id, "changes": {"inspection": "required"}},
        ),
    ],
)
def test_a_change_to_the_same_value_leaves_no_trace(
    plant: Plant, name: str, content: Content
) -> None:
    before = counts()

    row = perform(name, {"expected_version": 1, **content(plant)})

    assert row.version == 1
    assert counts() == before


def a_bill_line(p: Plant, **other: Any) -> dict[str, Any]:
    line = {
        "assembly_id": p.frame.id,
        "component_id": p.bolt.id,
        "quantity": Decimal(4),
        "unit_id": p.piece.id,
        "valid_from": DAY,
    }
    return {**line, **other}


def a_conversion(p: Plant, **other: Any) -> dict[str, Any]:
    return {"from_unit_id": p.box.id, "to_unit_id": p.piece.id, "numerator": 12, **other}


def a_profile(**other: Any) -> dict[str, Any]:
    shape = {"lot_control": LotControl.LOT, "inspection": InspectionNeed.REQUIRED}
    return {"code": "NEW", "name": "n", **shape, **other}


def a_material(p: Plant, **other: Any) -> dict[str, Any]:
    parts = {"unit_id": p.piece.id, "profile_id": p.by_lot.id}
    return {"number": "NEW", "name": "n", **parts, **other}


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


def test_a_conversion_is_stated_once_in_whichever_direction(plant: Plant) -> None:
    perform("add_unit_conversion", a_conversion(plant))
    perform("add_unit_conversion", a_conversion(plant, numerator=10, material_id=plant.bolt.id))

    for again in (
        a_conversion(plant, numerator=13),
        a_conversion(plant, from_unit_id=plant.piece.id, to_unit_id=plant.box.id),
        a_conversion(plant, material_id=plant.bolt.id),
    ):
        with pytest.raises(Refusal) as refused:
            perform("add_unit_conversion", again)
        assert refused.value.code == "catalog.already_exists"
    assert UnitConversion.objects.count() == 2


def test_a_wrong_factor_is_corrected(plant: Plant) -> None:
    added = perform("add_unit_conversion", a_conversion(plant))
    right = {"conversion_id": added.id, "expected_version": 1, "numerator": 25, "denominator": 2}

    perform("change_unit_conversion", right)

    row = UnitConversion.objects.get(pk=added.id)
    assert (row.version, row.numerator, row.denominator) == (2, 25, 2)
    entry = AuditEntry.objects.get(record_id=row.pk, record_version=2)
    assert entry.changes == {"numerator": [12, 25], "denominator": [1, 2]}
    sent = OutboxEvent.objects.get(subject_id=row.pk, subject_version=2)
    assert sent.type == "catalog.unit_conversion_changed.v1"
    assert (sent.data["numerator"], sent.data["denominator"]) == (25, 2)


def test_a_bill_line_ends_and_its_end_is_taken_away(plant: Plant) -> None:
    added = perform("add_bill_line", a_bill_line(plant))
    line = {"line_id": added.id}
    end = date(2026, 6, 1)

    perform("end_bill_line", {**line, "expected_version": 1, "valid_to": end})
    later = perform("add_bill_line", a_bill_line(plant, valid_from=end))
    before = counts()
    with pytest.raises(Refusal) as refused:
        perform("end_bill_line", {**line, "expected_version": 2, "valid_to": None})

    assert refused.value.code == "catalog.bill_overlap"
    assert counts() == before
    row = BillLine.objects.get(pk=added.id)
    assert (row.version, row.valid_to) == (2, end)
    entry = AuditEntry.objects.get(record_id=row.pk, record_version=2)
    assert entry.changes == {"valid_to": [None, "2026-06-01"]}
    sent = OutboxEvent.objects.get(subject_id=row.pk, subject_version=2)
    assert sent.type == "catalog.bill_line_ended.v1"
    assert sent.data["valid_to"] == "2026-06-01"
    perform("end_bill_line", {"line_id": later.id, "expected_version": 1, "valid_to": None})
    assert BillLine.objects.get(pk=later.id).version == 1


def test_a_revision_is_added_once(plant: Plant) -> None:
    revision = {"material_id": plant.bolt.id, "revision": "A"}
    perform("add_material_revision", revision)

    with pytest.raises(Refusal) as refused:
        perform("add_material_revision", revision)

    assert refused.value.code == "catalog.already_exists"
    assert MaterialRevision.objects.count() == 1


def test_a_component_may_return_to_a_bill_only_after_it_left(plant: Plant) -> None:
    perform("add_bill_line", a_bill_line(plant, valid_to=date(2026, 2, 1)))

    with pytest.raises(Refusal) as refused:
        perform("add_bill_line", a_bill_line(plant, valid_from=date(2026, 1, 31)))
    perform("add_bill_line", a_bill_line(plant, valid_from=date(2026, 2, 1)))

    assert refused.value.code == "catalog.bill_overlap"
    assert BillLine.objects.count() == 2


def test_a_bill_never_closes_a_loop_over_several_levels(plant: Plant) -> None:
    bike = perform("add_material", a_material(plant))
    perform("add_bill_line", a_bill_line(plant))
    perform("add_bill_line", a_bill_line(plant, assembly_id=bike.id, component_id=plant.frame.id))

    with pytest.raises(Refusal) as refused:
        perform(
            "add_bill_line", a_bill_line(plant, assembly_id=plant.bolt.id, component_id=bike.id)
        )

    assert refused.value.code == "catalog.bill_loop"
    assert BillLine.objects.count() == 2


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


WORKERS = 8


def refusals(answers: list[Any]) -> list[str]:
    """The codes of what was refused; a bug shows its repr and so fails the comparison."""
    failed = [a for a in answers if isinstance(a, Exception)]
    return [a.code if isinstance(a, Refusal) else repr(a) for a in failed]


def test_a_bill_waits_for_another_that_could_close_a_loop(django_db_blocker: Any) -> None:
    with committing(django_db_blocker), ExitStack() as threads:
        plant = make_plant()
        back = a_bill_line(plant, assembly_id=plant.bolt.id, component_id=plant.frame.id)

        with transaction.atomic():
            perform("add_bill_line", a_bill_line(plant))
            answer = threads.enter_context(in_thread(lambda: perform("add_bill_line", back)))
            with pytest.raises(TimeoutError):
                answer.result(timeout=0.5)
        with pytest.raises(Refusal) as refused:
            answer.result(timeout=10)

        assert refused.value.code == "catalog.bill_loop"
        assert BillLine.objects.count() == 1


def test_at_once_no_second_conversion_and_no_lost_edit(django_db_blocker: Any) -> None:
    with committing(django_db_blocker):
        plant = make_plant()

        pairs = [(plant.box.id, plant.piece.id), (plant.piece.id, plant.box.id)]
        conversions = at_once(
            lambda n: perform(
                "add_unit_conversion",
                {"from_unit_id": pairs[n % 2][0], "to_unit_id": pairs[n % 2][1], "numerator": 1},
            ),
            WORKERS,
        )
        edits = at_once(
            lambda n: perform(
                "change_material",
                {
                    "material_id": plant.bolt.id,
                    "expected_version": 1,
                    "changes": {"name": f"bolt {n}"},
                },
            ),
            WORKERS,
        )

        assert set(refusals(conversions)) <= {"catalog.already_exists", "commands.conflict"}
        assert UnitConversion.objects.count() == 1
        assert refusals(edits) == ["commands.version_mismatch"] * (WORKERS - 1)
        assert Material.objects.get(pk=plant.bolt.id).version == 2

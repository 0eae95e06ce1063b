"""Every write of the catalogue: its rows, its audit entry, its event."""

from datetime import date
from typing import Any

import pytest

from zhiliu.contexts.catalog.models import (
    BillLine,
    ControlProfile,
    Material,
    MaterialRevision,
    UnitConversion,
)
from zhiliu.contexts.catalog.states import InspectionNeed, LotControl
from zhiliu.contexts.catalog.tests.acts import (
    ADDED,
    Content,
    a_bill_line,
    a_conversion,
    a_material,
    counts,
    perform,
)
from zhiliu.contexts.catalog.tests.conftest import Plant
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent


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

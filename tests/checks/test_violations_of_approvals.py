"""I18: each way in which somebody may have approved their own work, planted by SQL."""

from uuid import uuid4

import pytest

from zhiliu.kernel.actor import IMPORT, SYSTEM
from zhiliu.kernel.clock import server_time


@pytest.mark.parametrize("what", ["specification", "plan_version"])
def test_who_wrote_on_the_draft_approved_it(planting, what):
    record = getattr(planting.history, what)
    with planting.open() as execute:
        execute(
            "update evidence_auditentry set actor_id = %s where record_id = %s"
            " and record_version = 1",
            [IMPORT.id, record.pk],
        )

        assert planting.named("I18") == {(record.shown, str(record.pk))}


@pytest.mark.parametrize(
    ("what", "table"),
    [
        ("specification", "catalog_specification"),
        ("plan_version", "inspections_planversion"),
    ],
)
def test_another_is_named_than_who_approved_it(planting, what, table):
    record = getattr(planting.history, what)
    with planting.open() as execute:
        execute(f"update {table} set approved_by = %s where id = %s", [uuid4(), record.pk])  # noqa: S608

        found = planting.look()  # I14 holds the signed approver against the record as well

    assert sorted(found) == ["I14", "I18"]
    assert [(r.number, r.id) for r in found["I18"].rows] == [(record.shown, str(record.pk))]


@pytest.mark.parametrize(("state", "count"), [("approved", 1), ("ended", 1), ("refused", 0)])
def test_who_asked_for_an_urgent_release_approved_it(planting, state, count):
    history, now = planting.history, server_time()
    with planting.open():
        forged = {
            "id": uuid4(), "version": 1, "number": "UR-X", "company_id": history.plant.company,
            "site_id": history.plant.site, "lot_id": history.bulk.pk,
            "inspection_id": history.waiting.pk, "quantity": 1, "reference_kind": "tests.order",
            "reference_id": uuid4(), "reference_number": "WO-X", "reason": "forged",
            "state": state, "requested_at": now, "requested_by": SYSTEM.id, "decided_at": now,
            "decided_by": SYSTEM.id, "decision_reason": "", "outcome": "",
        }  # fmt: skip
        planting.insert("inspections_urgentrelease", forged)

        found = planting.outcome("I18")

    assert [(row.number, row.id) for row in found.rows] == [("UR-X", str(forged["id"]))] * count

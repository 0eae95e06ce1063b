"""The catalogue through HTTP."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from tests.support import NOBODY, caller, run

from zhiliu.contexts.catalog.models import ControlProfile, Material, Unit
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.evidence.public import record_created
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def basics():
    def make(command, at):
        unit = record_created(Unit(code=f"u{uuid4().hex[:6]}", name_en="piece"), command)
        profile = record_created(
            ControlProfile(
                code=f"p{uuid4().hex[:6]}", name="p", lot_control="lot", inspection="required"
            ),
            command,
        )
        return unit, profile

    return run(make)


def test_a_material_is_added_once_with_audit_entry_and_event(basics):
    unit, profile = basics
    clerk = caller("catalog.add_material", "catalog.read")
    body = {"number": "M-1", "name": "轴承", "unit_id": str(unit.id), "profile_id": str(profile.id)}

    first = clerk.send("POST", "/materials", body, key="k1")
    again = clerk.send("POST", "/materials", body, key="k1")

    assert first.status_code == 201, first.content
    assert again.content == first.content
    assert again.headers["Idempotency-Replayed"] == "true"
    material = Material.objects.get(number="M-1")
    entry = AuditEntry.objects.get(record_id=material.id)
    assert entry.record_version == 1
    assert entry.changes["name"] == [None, "轴承"]
    assert OutboxEvent.objects.get(subject_id=material.id).type == "catalog.material_added.v1"


def test_the_same_key_with_other_content_names_the_field(basics):
    unit, profile = basics
    clerk = caller("catalog.add_material")
    body = {"number": "M-1", "name": "a", "unit_id": str(unit.id), "profile_id": str(profile.id)}
    clerk.send("POST", "/materials", body, key="k1")

    other = clerk.send("POST", "/materials", {**body, "name": "b"}, key="k1")

    assert other.status_code == 409
    assert other.json()["code"] == "commands.key_reused"
    assert other.json()["data"] == {"field": "name"}


def test_a_refusal_writes_nothing_and_speaks_chinese(basics):
    _, profile = basics
    clerk = caller("catalog.add_material", language="zh-CN")

    answer = clerk.post(
        "/materials", 404, number="M-2", name="x", unit_id=str(uuid4()), profile_id=str(profile.id)
    )

    assert "找不到" in answer["detail"]
    assert not Material.objects.filter(number="M-2").exists()


def test_four_kinds_of_caller(basics):
    assert NOBODY.send("GET", "/materials").status_code == 401
    assert caller("catalog.add_unit").send("GET", "/materials").status_code == 403
    assert caller("catalog.read").send("GET", "/materials").status_code == 200


def test_time_in_the_future_is_refused(basics):
    unit, profile = basics
    clerk = caller("catalog.add_material")

    answer = clerk.post(
        "/materials",
        409,
        number="M-3",
        name="x",
        unit_id=str(unit.id),
        profile_id=str(profile.id),
        occurred_at=datetime(2999, 1, 1, tzinfo=UTC).isoformat(),
    )

    assert answer["code"] == "commands.time_in_future"

"""Specifications: drafted, approved by another, fixed; rows, audit entries, events, validity."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from zhiliu.contexts.catalog import queries
from zhiliu.contexts.catalog.errors import (
    AlreadyExists,
    BadBeginning,
    DraftExists,
    NotFound,
    NotInState,
    NotReady,
    OwnDraft,
    SharedByAll,
)
from zhiliu.contexts.catalog.models import Specification, SpecificationCharacteristic
from zhiliu.contexts.catalog.rules import SpecifiedCharacteristic
from zhiliu.contexts.catalog.states import CharacteristicKind
from zhiliu.contexts.catalog.tests.acts import perform
from zhiliu.contexts.catalog.tests.conftest import Plant
from zhiliu.kernel.actor import EVERYWHERE, Actor, Scope
from zhiliu.platform.commands.errors import VersionMismatch
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent
from zhiliu.platform.signatures.models import Signature

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
VERBS = ("add", "change", "approve", "end")


def person(name: str, scope: Scope = EVERYWHERE) -> Actor:
    rights = {f"catalog.{verb}_specification": (scope,) for verb in VERBS}
    return Actor(uuid4(), name, {**rights, "catalog.read": (scope,)})


AUTHOR, OTHER, CHIEF = person("author"), person("other author"), person("chief")


def diameter(code: str = "D1", upper: str = "10.05", **more: Any) -> SpecifiedCharacteristic:
    return SpecifiedCharacteristic(
        code,
        "diameter",
        "直径",
        CharacteristicKind.NUMERIC,
        "major",
        lower=Decimal("9.95"),
        upper=Decimal(upper),
        **more,
    )


def draft(plant: Plant, *lines: SpecifiedCharacteristic, **more: Any) -> Specification:
    content = {"material_id": plant.bolt.pk, "characteristics": lines or None, **more}
    return perform("add_specification", content, actor=AUTHOR, at=NOON)


def approve(row: Specification, actor: Actor = CHIEF, at: datetime = NOON, **more: Any) -> Any:
    content = {"specification_id": row.pk, "expected_version": row.version, **more}
    return perform("approve_specification", content, actor=actor, at=at)


def change(row: Specification, actor: Actor = AUTHOR, **changes: Any) -> Any:
    content = {
        "specification_id": row.pk,
        "expected_version": row.version,
        "changes": changes,
    }
    return perform("change_specification", content, actor=actor, at=NOON)


def end(row: Specification, at: datetime = NOON, **more: Any) -> Any:
    content = {"specification_id": row.pk, "expected_version": row.version, **more}
    return perform("end_specification", content, actor=CHIEF, at=at)


def types(row: Specification) -> list[str]:
    found = OutboxEvent.objects.filter(subject_id=row.pk).order_by("id").values_list("type")
    return [t.removeprefix("catalog.specification_") for (t,) in found]


def holding_at(at: datetime) -> list[int]:
    rows = Specification.objects.filter(queries.holding(at))
    return sorted(rows.values_list("issue", flat=True))


def test_a_draft_becomes_rows_when_another_approves_it(plant: Plant) -> None:
    row = draft(plant, diameter(unit_id=plant.piece.pk, resolution=Decimal("0.01")))
    assert (row.number, row.issue, row.state) == (f"SPEC-{plant.bolt.number}", 1, "draft")
    assert not SpecificationCharacteristic.objects.exists()
    row = change(row, note="first", characteristics=[diameter(), diameter("D2")])

    row = approve(row)

    assert (row.state, row.valid_from, row.approved_by, row.approved_at, row.draft) == (
        "valid",
        NOON,
        CHIEF.id,
        NOON,
        [],
    )
    lines = SpecificationCharacteristic.objects.filter(specification=row).order_by("ordinal")
    assert [(x.ordinal, x.code, x.upper) for x in lines] == [
        (1, "D1", Decimal("10.05")),
        (2, "D2", Decimal("10.05")),
    ]
    assert queries.characteristics_of(row) == [diameter(), diameter("D2")]
    entries = AuditEntry.objects.filter(record_id=row.pk).order_by("record_version")
    assert [(e.operation, sorted(e.changes)) for e in entries][1:] == [
        ("catalog.change_specification", ["draft", "note"]),
        (
            "catalog.approve_specification",
            ["approved_at", "approved_by", "draft", "state", "valid_from"],
        ),
    ]
    old, new = entries[1].changes["draft"]
    assert ([x["code"] for x in old], [x["code"] for x in new]) == (["D1"], ["D1", "D2"])
    assert types(row) == ["added.v1", "changed.v1", "approved.v1"]
    signature = Signature.objects.get(subject_id=row.pk)
    assert (signature.verb, signature.meaning, signature.signer_id, signature.subject_version) == (
        "approve",
        "approve",
        CHIEF.id,
        row.version,
    )
    signed = json.loads(signature.canonical)["content"]
    assert [x["upper"] for x in signed["characteristics"]] == ["10.05", "10.05"]


def test_the_next_issue_is_a_copy_and_ends_the_one_before_it(plant: Plant) -> None:
    first = approve(draft(plant, diameter()))
    later = NOON + timedelta(days=10)
    second = draft(plant)
    assert (second.number, second.issue) == (first.number, 2)
    assert queries.characteristics_of(second) == [diameter()]
    second = change(second, characteristics=[diameter(upper="10.04")])

    second = approve(second, valid_from=later)

    first.refresh_from_db()
    assert (first.state, first.valid_to, second.state, second.valid_from) == (
        "ended",
        later,
        "valid",
        later,
    )
    assert types(first) == ["added.v1", "approved.v1", "ended.v1"]
    before = timedelta(microseconds=1)
    assert [holding_at(t) for t in (NOON - before, NOON, later - before, later)] == [
        [],
        [1],
        [1],
        [2],
    ]
    assert queries.characteristics_of(first) == [diameter()]


def test_each_revision_has_its_own_issues(plant: Plant) -> None:
    revision = perform("add_material_revision", {"material_id": plant.bolt.pk, "revision": "B"})
    of_all = approve(draft(plant, diameter()))

    of_one = approve(draft(plant, diameter(), revision_id=revision.pk))

    assert of_one.number == f"SPEC-{plant.bolt.number}/B"
    assert {of_all.state, of_one.state} == {"valid"}
    with pytest.raises(NotFound):
        draft(plant, revision_id=revision.pk, material_id=plant.frame.pk)


def test_who_wrote_on_the_draft_does_not_approve_it(plant: Plant) -> None:
    row = change(draft(plant, diameter()), actor=OTHER, note="mine too")

    for writer in (AUTHOR, OTHER):
        with pytest.raises(OwnDraft):
            approve(row, actor=writer)

    row.refresh_from_db()
    assert row.state == "draft"
    assert approve(row).state == "valid"


def test_what_is_approved_never_changes_and_is_approved_once(plant: Plant) -> None:
    row = approve(draft(plant, diameter()))

    with pytest.raises(NotInState):
        change(row, note="late")
    with pytest.raises(NotInState):
        approve(row, actor=OTHER)
    (line,) = SpecificationCharacteristic.objects.filter(specification=row)
    line.upper = Decimal(11)
    with pytest.raises(DatabaseError), transaction.atomic():
        line.save()
    assert queries.characteristics_of(row) == [diameter()]


def test_nobody_approves_what_they_did_not_see(plant: Plant) -> None:
    seen = draft(plant, diameter())
    change(Specification.objects.get(pk=seen.pk), characteristics=[diameter(upper="99")])

    with pytest.raises(VersionMismatch):
        approve(seen)
    with pytest.raises(VersionMismatch):
        change(seen, note="over it")
    assert not SpecificationCharacteristic.objects.exists()


def test_a_draft_that_is_not_whole_is_refused_and_stays(plant: Plant) -> None:
    row = draft(plant, diameter(upper="1"), diameter(upper="1"))

    with pytest.raises(NotReady) as refused:
        approve(row)

    assert [(p["about"], p["check"]) for p in refused.value.problems] == [
        ("D1", "limits_crossed"),
        ("D1", "limits_crossed"),
        ("D1", "code_twice"),
    ]
    row.refresh_from_db()
    assert (row.state, row.version) == ("draft", 1)


def test_a_beginning_lies_not_in_the_past_nor_before_the_issue_before_it(plant: Plant) -> None:
    day = timedelta(days=1)
    first = draft(plant, diameter())
    with pytest.raises(BadBeginning):
        approve(first, valid_from=NOON - day)
    approve(first, valid_from=NOON + 3 * day)
    second = draft(plant)
    with pytest.raises(BadBeginning):
        approve(second, valid_from=NOON + 2 * day)

    second = approve(second, valid_from=NOON + 3 * day)

    first.refresh_from_db()
    assert (first.valid_from, first.valid_to) == (second.valid_from, second.valid_from)
    assert holding_at(NOON + 3 * day) == [2]


def test_an_issue_ends_without_another(plant: Plant) -> None:
    row = approve(draft(plant, diameter()))
    with pytest.raises(BadBeginning):
        end(row, valid_to=NOON - timedelta(days=1))

    row = end(row, valid_to=NOON + timedelta(days=1))

    assert (row.state, holding_at(NOON), holding_at(NOON + timedelta(days=1))) == ("ended", [1], [])
    with pytest.raises(NotInState):
        end(row)
    assert draft(plant).issue == 2


def test_there_is_one_draft_and_one_number_for_all_issues(plant: Plant) -> None:
    first = draft(plant, diameter(), number="DRW-7")
    with pytest.raises(DraftExists) as refused:
        draft(plant)
    assert refused.value.specification == "DRW-7 #1"
    approve(first)
    with pytest.raises(AlreadyExists):
        draft(plant, number="DRW-8")
    with pytest.raises(AlreadyExists):
        draft(plant, number="DRW-7", material_id=plant.frame.pk)
    assert Specification.objects.count() == 1


def test_what_does_not_exist_is_not_found(plant: Plant) -> None:
    unknown = Specification(pk=uuid4(), version=1)
    for act in (approve, change, end):
        with pytest.raises(NotFound):
            act(unknown)
    with pytest.raises(NotFound):
        draft(plant, material_id=uuid4())
    with pytest.raises(NotFound):
        draft(plant, diameter(unit_id=uuid4()))
    assert not Specification.objects.exists()


def test_only_a_grant_without_limit_writes_what_all_share(plant: Plant) -> None:
    local = person("local", Scope(site_id=plant.site.pk))
    row = draft(plant, diameter())

    for verb in (approve, change):
        with pytest.raises(SharedByAll):
            verb(row, actor=local)
    with pytest.raises(SharedByAll):
        perform("add_specification", {"material_id": plant.frame.pk}, actor=local)

"""Inspection plans: drafted, approved by another, fixed; limits of the specification."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from tests.plant import Plant
from tests.support import run

from zhiliu.contexts.catalog import public as catalog
from zhiliu.contexts.catalog.errors import NotFound as NotFoundInCatalog
from zhiliu.contexts.catalog.models import Material, Specification
from zhiliu.contexts.equipment import public as equipment
from zhiliu.contexts.inspections import operations
from zhiliu.contexts.inspections.errors import (
    AlreadyExists,
    NotFound,
    OwnPlanDraft,
    PlanBeginsTooEarly,
    PlanDraftExists,
    PlanForNothing,
    PlanNotInState,
    PlanNotReady,
)
from zhiliu.contexts.inspections.models import (
    InspectionPlan,
    PlanCharacteristic,
    PlanClass,
    PlanVersion,
)
from zhiliu.contexts.inspections.queries import plans as queries
from zhiliu.contexts.inspections.rules.plans import ClassLine, PlanLine
from zhiliu.contexts.inspections.states import CountingBasis, Scheme
from zhiliu.kernel.actor import EVERYWHERE, SYSTEM, Actor, Scope
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.commands.errors import VersionMismatch
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent
from zhiliu.platform.signatures.models import Signature

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OPERATIONS = (
    "add_plan",
    "add_plan_version",
    "change_plan_version",
    "approve_plan_version",
    "end_plan_version",
)
MAJOR = ClassLine(
    "major", Scheme.ISO, CountingBasis.NONCONFORMING_UNITS, level="II", aql=Decimal("1.0")
)


def person(name: str, scope: Scope = EVERYWHERE) -> Actor:
    rights = {f"inspections.{operation}": (scope,) for operation in OPERATIONS}
    return Actor(uuid4(), name, {**rights, "inspections.read": (scope,)})


AUTHOR, OTHER, CHIEF = person("author"), person("other author"), person("chief")


def perform(verb_name: str, actor: Actor = AUTHOR, at: datetime = NOON, **content: Any) -> Any:
    verb = getattr(operations, verb_name)
    return run(
        lambda command, at: verb(**content, command=command, at=at),
        operation=f"inspections.{verb_name}",
        actor=actor,
        at=at,
    )


def diameter(code: str = "D1", upper: str = "10.05", **more: Any) -> PlanLine:
    return PlanLine(
        code,
        "diameter",
        "直径",
        "numeric",
        "major",
        lower=Decimal("9.95"),
        upper=Decimal(upper),
        **more,
    )


def draft(plant: Plant, *lines: PlanLine, **more: Any) -> PlanVersion:
    changes = {"classes": [MAJOR], "characteristics": lines or [diameter()]}
    changes |= more.pop("changes", {})
    if "material_group" not in more:
        more.setdefault("material_id", plant.material("bearing"))
    return perform("add_plan", changes=changes, **more)


def approve(row: PlanVersion, actor: Actor = CHIEF, at: datetime = NOON, **more: Any) -> Any:
    return perform(
        "approve_plan_version", actor, at, version_id=row.pk, expected_version=row.version, **more
    )


def change(row: PlanVersion, actor: Actor = AUTHOR, **changes: Any) -> Any:
    return perform(
        "change_plan_version",
        actor,
        version_id=row.pk,
        expected_version=row.version,
        changes=changes,
    )


def end(row: PlanVersion, **more: Any) -> Any:
    return perform(
        "end_plan_version", CHIEF, version_id=row.pk, expected_version=row.version, **more
    )


def specification(plant: Plant, material: str = "bearing", upper: str = "10.02") -> Specification:
    def made(command: Any, at: datetime) -> Specification:
        line = catalog.SpecifiedCharacteristic(
            "D1",
            "bore",
            "内径",
            catalog.CharacteristicKind.NUMERIC,
            "major",
            lower=Decimal("9.98"),
            upper=Decimal(upper),
            resolution=Decimal("0.01"),
        )
        return catalog.add_specification(
            material_id=plant.material(material), characteristics=[line], command=command, at=at
        )

    drafted = run(made, at=NOON)
    return run(
        lambda command, at: catalog.approve_specification(
            specification_id=drafted.pk, expected_version=1, command=command, at=at
        ),
        actor=CHIEF,
        operation="inspections.approve_plan_version",
        at=NOON,
    )


def types(row: PlanVersion) -> list[str]:
    found = OutboxEvent.objects.filter(subject_id=row.pk).order_by("id").values_list("type")
    return [t.removeprefix("inspections.plan_version_") for (t,) in found]


def holding_at(at: datetime) -> list[int]:
    rows = queries.list_plan_versions(SYSTEM, at)
    return sorted(rows.values_list("version_no", flat=True))


def refused(kind: type[Refusal], call: Any, *args: Any, **more: Any) -> Any:
    """The refusal of a call that leaves every row as it was."""
    before = [m.objects.count() for m in (PlanVersion, PlanClass, AuditEntry, OutboxEvent)]
    with pytest.raises(kind) as found:
        call(*args, **more)
    assert before == [m.objects.count() for m in (PlanVersion, PlanClass, AuditEntry, OutboxEvent)]
    return found.value


def test_a_plan_begins_with_a_draft_that_another_approves(plant: Plant) -> None:
    row = draft(plant, supplier_id=plant.supplier)
    number = Material.objects.get(pk=plant.material("bearing")).number
    assert row.plan.number.startswith(f"PLAN-{number}/SUP-")
    assert (row.plan.name, row.version_no, row.state) == (number, 1, "draft")
    assert not PlanClass.objects.exists()
    row = change(row, note="measure at 20 °C", characteristics=[diameter(), diameter("D2")])

    row = approve(row)

    assert (row.state, row.valid_from, row.approved_by, row.approved_at, row.draft) == (
        "valid",
        NOON,
        CHIEF.id,
        NOON,
        {},
    )
    lines = PlanCharacteristic.objects.filter(plan_version=row).order_by("ordinal")
    assert [(x.ordinal, x.code, x.upper) for x in lines] == [
        (1, "D1", Decimal("10.05")),
        (2, "D2", Decimal("10.05")),
    ]
    content = queries.content_of(row)
    assert (content.classes, content.lines) == ([MAJOR], [diameter(), diameter("D2")])
    entries = AuditEntry.objects.filter(record_id=row.pk).order_by("record_version")
    assert [e.operation.removeprefix("inspections.") for e in entries] == [
        "add_plan",
        "change_plan_version",
        "approve_plan_version",
    ]
    assert sorted(entries[1].changes) == ["draft", "note"]
    assert types(row) == ["added.v1", "changed.v1", "approved.v1"]
    signature = Signature.objects.get(subject_id=row.pk)
    assert (signature.meaning, signature.signer_id, signature.subject_version) == (
        "approve",
        CHIEF.id,
        row.version,
    )
    signed = json.loads(signature.canonical)["content"]
    assert [c["aql"] for c in signed["classes"]] == ["1"]
    assert [x["upper"] for x in signed["characteristics"]] == ["10.05", "10.05"]
    assert OutboxEvent.objects.filter(
        subject_id=row.plan_id, type="inspections.plan_added.v1"
    ).exists()


def test_the_next_version_is_a_copy_and_ends_the_one_before_it(plant: Plant) -> None:
    first = approve(draft(plant))
    second = perform("add_plan_version", plan_id=first.plan_id, changes={"note": "tighter"})
    assert (second.version_no, second.note) == (2, "tighter")
    assert queries.content_of(second) == queries.content_of(first)
    second = change(second, characteristics=[diameter(upper="10.04")])

    second = approve(second, valid_from=NOON + 10 * DAY)

    first.refresh_from_db()
    assert (first.state, first.valid_to, second.state) == ("ended", NOON + 10 * DAY, "valid")
    assert types(first) == ["added.v1", "approved.v1", "ended.v1"]
    instant = timedelta(microseconds=1)
    moments = (NOON - instant, NOON, NOON + 10 * DAY - instant, NOON + 10 * DAY)
    assert [holding_at(t) for t in moments] == [[], [1], [1], [2]]
    assert queries.content_of(first).lines == [diameter()]


def test_what_is_near_a_limit_is_signed_and_copied_to_the_next_version(plant: Plant) -> None:
    first = draft(plant)
    assert first.near_percent == Decimal("7.5")
    first = approve(change(first, near_percent=Decimal("12.5")))
    signed = json.loads(Signature.objects.get(subject_id=first.pk).canonical)["content"]

    second = perform("add_plan_version", plan_id=first.plan_id)

    assert (signed["near_percent"], second.near_percent) == ("12.5", Decimal("12.5"))


def test_the_limits_are_those_of_the_specification_by_code(plant: Plant) -> None:
    pinned = specification(plant)
    row = draft(plant, diameter(), diameter("D2"), changes={"specification_id": pinned.pk})
    assert queries.content_of(row).lines[0].upper == Decimal("10.02")

    row = approve(row)

    assert row.specification_id == pinned.pk
    lines = PlanCharacteristic.objects.filter(plan_version=row).order_by("ordinal")
    assert [(x.code, x.lower, x.upper, x.resolution) for x in lines] == [
        ("D1", Decimal("9.98"), Decimal("10.02"), Decimal("0.01")),
        ("D2", Decimal("9.95"), Decimal("10.05"), None),
    ]


def test_a_draft_takes_the_characteristics_of_its_specification(plant: Plant) -> None:
    pinned = specification(plant)
    row = draft(plant, changes={"characteristics": [], "specification_id": pinned.pk})

    (line,) = queries.content_of(row).lines

    assert (line.code, line.name_zh, line.upper) == ("D1", "内径", Decimal("10.02"))
    assert approve(row).state == "valid"


def test_a_specification_of_another_material_or_time_is_refused(plant: Plant) -> None:
    other = specification(plant, "oil")
    row = draft(plant, changes={"specification_id": other.pk})
    assert [p["check"] for p in refused(PlanNotReady, approve, row).problems] == [
        "specification_of_other"
    ]
    mine = specification(plant)
    row = change(row, specification_id=mine.pk)
    refusal = refused(PlanNotReady, approve, row, at=NOON - DAY)
    assert [p["check"] for p in refusal.problems] == ["specification_not_holding"]
    refused(NotFoundInCatalog, change, row, specification_id=uuid4())


def test_who_wrote_on_the_draft_does_not_approve_it(plant: Plant) -> None:
    row = change(draft(plant), actor=OTHER, note="mine too")

    for writer in (AUTHOR, OTHER):
        refused(OwnPlanDraft, approve, row, actor=writer)

    assert approve(row).state == "valid"


def test_what_is_approved_never_changes(plant: Plant) -> None:
    row = approve(draft(plant))

    refused(PlanNotInState, change, row, note="late")
    refused(PlanNotInState, approve, row, actor=OTHER)
    (line,) = PlanCharacteristic.objects.filter(plan_version=row)
    line.upper = Decimal(11)
    with pytest.raises(DatabaseError), transaction.atomic():
        line.save()


def test_nobody_approves_what_they_did_not_see(plant: Plant) -> None:
    seen = draft(plant)
    change(PlanVersion.objects.get(pk=seen.pk), characteristics=[diameter(upper="99")])

    refused(VersionMismatch, approve, seen)
    refused(VersionMismatch, change, seen, note="over it")


def test_every_problem_of_a_draft_is_told_at_once(plant: Plant) -> None:
    row = draft(
        plant,
        diameter(upper="1"),
        PlanLine("V", "volume", "", "calculated", "minor", formula="X"),
        changes={"classes": [MAJOR]},
    )

    problems = refused(PlanNotReady, approve, row).problems

    assert [(p["about"], p["check"]) for p in problems] == [
        ("V", "class_missing"),
        ("D1", "limits_crossed"),
        ("V", "limit_missing"),
        ("V", "formula_names"),
    ]
    assert len(queries.problems_of(row, NOON)) == 4


def test_a_beginning_lies_not_in_the_past_nor_before_the_version_before_it(plant: Plant) -> None:
    first = draft(plant)
    refused(PlanBeginsTooEarly, approve, first, valid_from=NOON - DAY)
    approve(first, valid_from=NOON + 3 * DAY)
    second = perform("add_plan_version", plan_id=first.plan_id)
    refused(PlanBeginsTooEarly, approve, second, valid_from=NOON + 2 * DAY)

    approve(second, valid_from=NOON + 3 * DAY)

    assert holding_at(NOON + 3 * DAY) == [2]


def test_a_version_ends_without_another(plant: Plant) -> None:
    row = approve(draft(plant))
    refused(PlanBeginsTooEarly, end, row, valid_to=NOON - DAY)

    row = end(row, valid_to=NOON + DAY)

    assert (row.state, holding_at(NOON), holding_at(NOON + DAY)) == ("ended", [1], [])
    assert types(row)[-1] == "ended.v1"
    refused(PlanNotInState, end, row)
    assert perform("add_plan_version", plan_id=row.plan_id).version_no == 2


def test_a_plan_is_for_one_material_or_one_group_and_one_supplier_or_all(plant: Plant) -> None:
    bearing = plant.material("bearing")
    refused(PlanForNothing, perform, "add_plan")
    refused(PlanForNothing, perform, "add_plan", material_id=bearing, material_group="X")
    refused(NotFound, perform, "add_plan", material_group="nobody's")
    draft(plant)
    refused(AlreadyExists, draft, plant)
    refused(AlreadyExists, draft, plant, number="PLAN-X")
    draft(plant, supplier_id=plant.supplier)
    row = Material.objects.get(pk=bearing)
    run(
        lambda command, at: catalog.change_material(
            material_id=bearing,
            expected_version=row.version,
            changes={"group": "bearings"},
            command=command,
            at=at,
        )
    )
    of_group = draft(plant, material_group="bearings", name="all bearings")

    assert (of_group.plan.number, of_group.plan.name) == ("PLAN-bearings", "all bearings")
    assert InspectionPlan.objects.count() == 3


def test_a_plan_has_one_draft(plant: Plant) -> None:
    row = draft(plant)

    refusal = refused(PlanDraftExists, perform, "add_plan_version", plan_id=row.plan_id)

    assert refusal.plan_version == f"{row.plan.number} v1"


def test_what_does_not_exist_is_not_found(plant: Plant) -> None:
    unknown = PlanVersion(pk=uuid4(), version=1)
    for call in (approve, change, end):
        refused(NotFound, call, unknown)
    refused(NotFound, perform, "add_plan_version", plan_id=uuid4())
    refused(NotFoundInCatalog, draft, plant, material_id=uuid4())
    refused(NotFoundInCatalog, draft, plant, diameter(unit_id=uuid4()))
    with pytest.raises(Refusal) as found:
        draft(plant, diameter(gauge_type_id=uuid4()))
    assert found.value.code == "equipment.not_found"


def test_a_characteristic_names_the_type_of_its_gauge(plant: Plant) -> None:
    calliper = run(
        lambda command, at: equipment.add_gauge_type(
            code="CAL", name_en="calliper", name_zh="卡尺", command=command, at=at
        )
    )

    row = approve(draft(plant, diameter(gauge_type_id=calliper.pk)))

    (line,) = PlanCharacteristic.objects.filter(plan_version=row)
    assert line.gauge_type_id == calliper.pk


def test_only_a_grant_without_limit_writes_what_all_share(plant: Plant) -> None:
    local = person("local", Scope(site_id=plant.site))
    row = draft(plant)

    for call in (approve, change):
        with pytest.raises(Refusal) as found:
            call(row, actor=local)
        assert found.value.code == "catalog.shared_by_all"

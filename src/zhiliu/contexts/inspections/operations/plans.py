"""Inspection plans: drafted by one, approved by another, then fixed."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID

from zhiliu.contexts.catalog import public as catalog
from zhiliu.contexts.catalog.models import Material, Specification
from zhiliu.contexts.equipment import public as equipment
from zhiliu.contexts.inspections.errors import (
    AlreadyExists,
    NotFound,
    PlanDraftExists,
    PlanForNothing,
    PlanNotReady,
)
from zhiliu.contexts.inspections.events import (
    PlanAdded,
    PlanVersionAdded,
    PlanVersionApproved,
    PlanVersionChanged,
    PlanVersionEnded,
    PlanVersionEvent,
)
from zhiliu.contexts.inspections.models import (
    InspectionPlan,
    PlanCharacteristic,
    PlanClass,
    PlanVersion,
)
from zhiliu.contexts.inspections.permissions import access_shared
from zhiliu.contexts.inspections.queries.plans import (
    Content,
    content_of,
    plan_facts,
    problems_of,
)
from zhiliu.contexts.inspections.rules import plans as rules
from zhiliu.contexts.inspections.rules.plans import ClassLine, PlanLine
from zhiliu.contexts.inspections.states import PlanState, Stage
from zhiliu.contexts.partners import public as partners
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.refusal import as_json
from zhiliu.platform.commands.http import same_version
from zhiliu.platform.evidence.public import (
    flush,
    record_appended,
    record_changed,
    record_created,
)
from zhiliu.platform.outbox.public import record_event
from zhiliu.platform.signatures.public import sign


class PlanChanges(TypedDict, total=False):
    """What may change in the draft of a version; what is left out stays."""

    specification_id: UUID | None
    note: str
    near_percent: Decimal
    classes: Sequence[ClassLine]
    characteristics: Sequence[PlanLine]


def add_plan(
    *,
    material_id: UUID | None = None,
    material_group: str = "",
    supplier_id: UUID | None = None,
    stage: Stage = Stage.INCOMING,
    number: str = "",
    name: str = "",
    changes: PlanChanges | None = None,
    command: Command,
    at: datetime,
) -> PlanVersion:
    """Add a plan for a material or a material group, of one supplier or of all, and its draft.

    `changes` is what the draft of version 1 states. Number and name are made from what the plan is
    for unless they are given. Raises SharedByAll, PlanForNothing, AlreadyExists, NotFound of the
    context that has no such record; emits PlanAdded, PlanVersionAdded.
    """
    flush()
    access_shared(command)
    if (material_id is None) == (not material_group):
        raise PlanForNothing()
    material = catalog.get_material(material_id) if material_id is not None else None
    if material_group and not Material.objects.filter(group=material_group).exists():
        raise NotFound(what="material group", given=material_group)
    supplier = partners.get_supplier(supplier_id) if supplier_id is not None else None
    mark = f"/{supplier.number}" if supplier is not None else ""
    number = number or f"PLAN-{material.number if material is not None else material_group}{mark}"
    same = InspectionPlan.objects.filter(
        stage=stage, material=material, material_group=material_group, supplier=supplier
    )
    for other in (same.first(), InspectionPlan.objects.filter(number=number).first()):
        if other is not None:
            raise AlreadyExists("inspection plan", other.number)

    plan = record_created(
        InspectionPlan(
            number=number,
            name=name or (material.name if material is not None else material_group),
            stage=stage,
            material=material,
            material_group=material_group,
            supplier=supplier,
        ),
        command,
    )
    record_event(
        PlanAdded(
            subject=Reference(plan.kind, plan.pk, number, plan.version),
            company_id=None,
            site_id=None,
            name=plan.name,
            stage=plan.stage,
            material_id=material_id,
            material_group=material_group,
            supplier_id=supplier_id,
        ),
        command,
        at,
    )
    first = PlanVersion(plan=plan, version_no=1, state=PlanState.DRAFT)
    return _draft(first, Content([], []), changes or {}, command, at)


def add_plan_version(
    *, plan_id: UUID, changes: PlanChanges | None = None, command: Command, at: datetime
) -> PlanVersion:
    """Draft the next version of a plan as a copy of the last one, with `changes`.

    Raises SharedByAll, NotFound, PlanDraftExists; emits PlanVersionAdded.
    """
    plan = _lock_plan(plan_id, command)
    last = (
        PlanVersion.objects.filter(plan=plan)
        .select_related("plan", "specification")
        .order_by("-version_no")[:1]
        .get()
    )
    if last.state == PlanState.DRAFT:
        raise PlanDraftExists(plan_version=last.shown)
    following = PlanVersion(
        plan=plan,
        version_no=last.version_no + 1,
        state=PlanState.DRAFT,
        specification_id=last.specification_id,
        note=last.note,
        near_percent=last.near_percent,
    )
    return _draft(following, content_of(last), changes or {}, command, at)


def change_plan_version(
    *,
    version_id: UUID,
    expected_version: int,
    changes: PlanChanges,
    command: Command,
    at: datetime,
) -> PlanVersion:
    """Change a draft: its specification, note, what is near a limit, all its classes, all its
    characteristics.

    A draft without characteristics that pins a specification takes those of the specification.
    Raises SharedByAll, NotFound, VersionMismatch, PlanNotInState; emits PlanVersionChanged when
    something changed.
    """
    version = _lock_version(version_id, expected_version, command)
    for refusal in rules.can_plan("change", plan_facts(version, command.actor)):
        raise refusal

    record_changed(version, command, **_stated(version, changes))
    if version.version != expected_version:
        _record(PlanVersionChanged, version, command, at)
    return version


def approve_plan_version(
    *,
    version_id: UUID,
    expected_version: int,
    valid_from: datetime | None = None,
    command: Command,
    at: datetime,
) -> PlanVersion:
    """Let a draft hold from `valid_from` on (at once without one) and end the version before it.

    Its limits are those of the specification that it pins, by code, and its own for other codes.
    Whoever wrote on the draft may not approve it, and the version that was read is named. Raises
    SharedByAll, NotFound, VersionMismatch, PlanNotInState, OwnPlanDraft, PlanNotReady,
    PlanBeginsTooEarly and what signing refuses; emits PlanVersionApproved, and PlanVersionEnded of
    the version before.
    """
    version = _lock_version(version_id, expected_version, command)
    begins = valid_from or at
    for refusal in rules.can_plan("approve", plan_facts(version, command.actor)):
        raise refusal
    if problems := problems_of(version, begins):
        raise PlanNotReady(version.shown, problems)
    former = (
        PlanVersion.objects.filter(plan_id=version.plan_id, state=PlanState.VALID)
        .select_related("plan")
        .first()
    )
    for refusal in rules.check_plan_beginning(
        version.shown, begins, at, former.valid_from if former is not None else None
    ):
        raise refusal

    content = content_of(version)
    if former is not None:
        _end(former, begins, command, at)
        flush()  # the one without an end gives way before the next has none
    record_changed(
        version,
        command,
        state=PlanState.VALID,
        valid_from=begins,
        approved_by=command.actor.id,
        approved_at=at,
        draft={},
    )
    _fix(version, content, command, at)
    _record(
        PlanVersionApproved,
        version,
        command,
        at,
        specification_id=version.specification_id,
        valid_from=begins,
    )
    return version


def _fix(version: PlanVersion, content: Content, command: Command, at: datetime) -> None:
    """Write what holds from now on as rows, and sign it."""
    for one in content.classes:
        record_appended(PlanClass(plan_version_id=version.pk, **asdict(one)))
    for ordinal, line in enumerate(content.lines, start=1):
        record_appended(
            PlanCharacteristic(plan_version_id=version.pk, ordinal=ordinal, **asdict(line))
        )
    sign(
        subject=_reference(version),
        verb="approve",
        content={
            "state": version.state,
            "valid_from": version.valid_from,
            "approved_by": command.actor.id,
            "specification_id": version.specification_id,
            "note": version.note,
            "near_percent": version.near_percent,
            "classes": [asdict(one) for one in content.classes],
            "characteristics": [asdict(line) for line in content.lines],
        },
        command=command,
        at=at,
    )


def end_plan_version(
    *,
    version_id: UUID,
    expected_version: int,
    valid_to: datetime | None = None,
    command: Command,
    at: datetime,
) -> PlanVersion:
    """Let a valid version hold only until `valid_to` (now without one), with nothing after it.

    Raises SharedByAll, NotFound, VersionMismatch, PlanNotInState, PlanBeginsTooEarly; emits
    PlanVersionEnded.
    """
    version = _lock_version(version_id, expected_version, command)
    ends = valid_to or at
    for refusal in (
        *rules.can_plan("end", plan_facts(version, command.actor)),
        *rules.check_plan_beginning(version.shown, ends, at, version.valid_from),
    ):
        raise refusal

    _end(version, ends, command, at)
    return version


def check_files_of_plan_version(version_id: UUID) -> None:
    """Raises PlanFilesFixed unless the version is a draft; it stays one until the act is over."""
    flush()
    rows = PlanVersion.objects.select_related("plan")
    plans = InspectionPlan.objects.select_for_update(no_key=True)
    plans.get(pk=rows.get(pk=version_id).plan_id)
    version = rows.get(pk=version_id)
    for refusal in rules.check_plan_files(version.shown, version.state):
        raise refusal


def _lock_plan(plan_id: UUID, command: Command) -> InspectionPlan:
    flush()
    access_shared(command)
    locked = InspectionPlan.objects.select_for_update(no_key=True)
    plan = locked.filter(pk=plan_id).first()
    if plan is None:
        raise NotFound(what="inspection plan", given=str(plan_id))
    return plan


def _lock_version(version_id: UUID, expected_version: int, command: Command) -> PlanVersion:
    """The version as it is under the lock of its plan, which all its versions share."""
    flush()
    access_shared(command)
    rows = PlanVersion.objects.select_related("plan", "specification")
    found = rows.filter(pk=version_id).first()
    if found is None:
        raise NotFound(what="plan version", given=str(version_id))
    _lock_plan(found.plan_id, command)
    version = rows.get(pk=version_id)
    same_version(expected_version, version.version)
    return version


def _draft(
    version: PlanVersion, content: Content, changes: PlanChanges, command: Command, at: datetime
) -> PlanVersion:
    """Keep a new draft of `content`, with `changes`."""
    version.draft = {
        "classes": [as_json(asdict(c)) for c in content.classes],
        "characteristics": [as_json(asdict(x)) for x in content.lines],
    }
    for name, value in _stated(version, changes).items():
        setattr(version, name, value)
    record_created(version, command)
    _record(PlanVersionAdded, version, command, at)
    return version


def _stated(version: PlanVersion, changes: PlanChanges) -> dict[str, Any]:
    """The columns of a draft that the changes are about, with their new values."""
    values: dict[str, Any] = {}
    draft = dict(version.draft)
    specification = None
    if "specification_id" in changes:
        specification_id = changes["specification_id"]
        if specification_id is not None:
            specification = catalog.get_specification(specification_id)
        values["specification_id"] = specification_id
    if "note" in changes:
        values["note"] = changes["note"]
    if "near_percent" in changes:
        values["near_percent"] = changes["near_percent"]
    if "classes" in changes:
        draft["classes"] = [as_json(asdict(c)) for c in changes["classes"]]
    if "characteristics" in changes:
        _check_known(changes["characteristics"])
        draft["characteristics"] = [as_json(asdict(x)) for x in changes["characteristics"]]
    if specification is not None and not draft["characteristics"]:
        draft["characteristics"] = _taken(specification)
    return {**values, "draft": draft}


def _taken(specification: Specification) -> list[dict[str, Any]]:
    """The characteristics of a specification as lines of a plan."""
    lines = catalog.characteristics_of(specification)
    return [as_json(asdict(PlanLine(**asdict(line)))) for line in lines]


def _check_known(lines: Sequence[PlanLine]) -> None:
    """Raises NotFound of catalog or equipment for a unit or type of gauge that does not exist."""
    for unit_id in sorted({x.unit_id for x in lines if x.unit_id is not None}):
        catalog.get_unit(unit_id)
    for type_id in sorted({x.gauge_type_id for x in lines if x.gauge_type_id is not None}):
        equipment.get_gauge_type(type_id)


def _end(version: PlanVersion, ends: datetime, command: Command, at: datetime) -> None:
    record_changed(version, command, state=PlanState.ENDED, valid_to=ends)
    _record(PlanVersionEnded, version, command, at, valid_to=ends)


def _reference(row: PlanVersion) -> Reference:
    return Reference(row.kind, row.pk, row.shown, row.version)


def _record(
    event: type[PlanVersionEvent],
    version: PlanVersion,
    command: Command,
    at: datetime,
    **more: Any,
) -> None:
    plan = version.plan
    record_event(
        event(
            subject=_reference(version),
            company_id=None,
            site_id=None,
            plan_id=plan.pk,
            version_no=version.version_no,
            material_id=plan.material_id,
            material_group=plan.material_group,
            supplier_id=plan.supplier_id,
            **more,
        ),
        command,
        at,
    )

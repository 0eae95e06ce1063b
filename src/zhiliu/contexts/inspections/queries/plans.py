"""Reads of inspection plans."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from pydantic import TypeAdapter

from zhiliu.contexts.catalog import public as catalog
from zhiliu.contexts.catalog.models import Specification
from zhiliu.contexts.inspections.errors import NotFound
from zhiliu.contexts.inspections.models import (
    InspectionPlan,
    PlanCharacteristic,
    PlanClass,
    PlanVersion,
)
from zhiliu.contexts.inspections.permissions import PLAN_VERSIONS, PLANS
from zhiliu.contexts.inspections.rules import plans as rules
from zhiliu.contexts.inspections.rules.plans import ClassLine, PlanFacts, PlanLine
from zhiliu.contexts.inspections.states import PLAN_VERSION, PlanState
from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.command import Reference
from zhiliu.kernel.refusal import Problem, Refusal
from zhiliu.platform.access.public import permitted
from zhiliu.platform.attachments.public import Attachment
from zhiliu.platform.evidence.public import AuditEntry, flush

_CLASS = TypeAdapter(ClassLine)
_LINE = TypeAdapter(PlanLine)


class Content(NamedTuple):
    """What a version inspects: how its classes are sampled, and its characteristics in order."""

    classes: list[ClassLine]
    lines: list[PlanLine]


def list_plans(actor: Actor) -> QuerySet[InspectionPlan]:
    """Plans, with material and supplier; staff of any site see all, partners' people none."""
    rows = InspectionPlan.objects.filter(PLANS.filter(actor))
    return rows.select_related("material", "supplier")


def list_plan_versions(actor: Actor, valid_at: datetime | None = None) -> QuerySet[PlanVersion]:
    """Versions of plans (those that hold at an instant), with plan and specification."""
    rows = PlanVersion.objects.select_related(
        "plan__material", "plan__supplier", "specification__revision"
    )
    if valid_at is not None:
        begun = ~Q(state=PlanState.DRAFT) & Q(valid_from__lte=valid_at)
        rows = rows.filter(begun & (Q(valid_to__isnull=True) | Q(valid_to__gt=valid_at)))
    return rows.filter(PLAN_VERSIONS.filter(actor))


def get_plan(actor: Actor, plan_id: UUID) -> InspectionPlan:
    """One plan that the actor may see; raises NotFound."""
    found = list_plans(actor).filter(pk=plan_id).first()
    if found is None:
        raise NotFound(what="inspection plan", given=str(plan_id))
    return found


def get_plan_version(actor: Actor, version_id: UUID) -> PlanVersion:
    """One version that the actor may see; raises NotFound."""
    found = list_plan_versions(actor).filter(pk=version_id).first()
    if found is None:
        raise NotFound(what="plan version", given=str(version_id))
    return found


def find_plan_version(actor: Actor, version_id: UUID) -> Reference:
    """The version that the actor may see, for what is kept about it; raises NotFound."""
    row = get_plan_version(actor, version_id)
    return Reference(row.kind, row.pk, row.shown, row.version)


def content_of(version: PlanVersion) -> Content:
    """What a version inspects: as it was approved, or as its draft would be approved now."""
    if version.state == PlanState.DRAFT:
        drafted = drafted_content(version)
        return Content(drafted.classes, rules.pinned(drafted.lines, specified_by(version)))
    classes = PlanClass.objects.filter(plan_version=version).order_by("id")
    lines = PlanCharacteristic.objects.filter(plan_version=version).order_by("ordinal")
    class_names, line_names = ([f.name for f in fields(k)] for k in (ClassLine, PlanLine))
    return Content(
        [_CLASS.validate_python({n: getattr(c, n) for n in class_names}) for c in classes],
        [_LINE.validate_python({n: getattr(x, n) for n in line_names}) for x in lines],
    )


def drafted_content(version: PlanVersion) -> Content:
    """What stands in a draft, without what its specification says."""
    return Content(
        [_CLASS.validate_python(one) for one in version.draft.get("classes", ())],
        [_LINE.validate_python(one) for one in version.draft.get("characteristics", ())],
    )


def specified_by(version: PlanVersion) -> dict[str, catalog.SpecifiedCharacteristic]:
    """What the specification that a version pins says, by code; nothing without one."""
    if version.specification is None:
        return {}
    return {c.code: c for c in catalog.characteristics_of(version.specification)}


def problems_of(version: PlanVersion, begins: datetime) -> list[Problem]:
    """Everything that would keep a draft from holding from `begins` on."""
    drafted = drafted_content(version)
    specified = specified_by(version)
    lines = rules.pinned(drafted.lines, specified)
    found = rules.check_plan(drafted.classes, lines)
    found += catalog.check_characteristics(lines)
    found += rules.check_pinned(drafted.lines, specified)
    specification = version.specification
    if specification is not None:
        found += rules.check_specification(
            specification.shown,
            specification.material_id,
            version.plan.material_id,
            _holds(specification, begins),
        )
    return found


def _holds(specification: Specification, at: datetime) -> bool:
    return Specification.objects.filter(catalog.holding(at), pk=specification.pk).exists()


class Instructions(NamedTuple):
    """What the inspector works by: the version, and the files of it and of its specification."""

    version: PlanVersion
    files: list[Attachment]


def instructions_of(version_id: UUID) -> Instructions:
    """The note, drawings and instructions of a version, for whoever may see its inspection."""
    version = PlanVersion.objects.select_related("specification").get(pk=version_id)
    of_version = Q(subject_kind=PlanVersion.kind, subject_id=version_id)
    of_specification = Q(subject_kind=Specification.kind, subject_id=version.specification_id)
    files = Attachment.objects.filter(of_version | of_specification, withdrawn_at=None)
    return Instructions(version, list(files.order_by("id")))


def plan_facts(version: PlanVersion, actor: Actor) -> PlanFacts:
    """What `rules` asks; who wrote on the draft is told by its audit entries."""
    flush()
    written = AuditEntry.objects.filter(record_id=version.pk, actor_id=actor.id)
    is_author = version.state == PlanState.DRAFT and written.exists()
    return PlanFacts(shown=version.shown, state=version.state, is_author=is_author)


def plan_actions(actor: Actor, version: PlanVersion) -> dict[str, list[Refusal]]:
    """For each verb what refuses it now, for this actor; nothing when it is possible."""
    facts = plan_facts(version, actor)
    return {
        verb: permitted(actor, transition.permission, Scope()) + rules.can_plan(verb, facts)
        for verb, transition in PLAN_VERSION.verbs.items()
    }


def versions_of(plan: InspectionPlan) -> Sequence[PlanVersion]:
    """The versions of a plan, the latest first."""
    rows = PlanVersion.objects.filter(plan=plan).select_related(
        "plan__material", "plan__supplier", "specification__revision"
    )
    return list(rows.order_by("-version_no"))

"""Specifications: drafted by one, approved by another, then fixed."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from zhiliu.contexts.catalog import rules
from zhiliu.contexts.catalog.errors import AlreadyExists, DraftExists, NotFound, NotReady
from zhiliu.contexts.catalog.events import (
    SpecificationAdded,
    SpecificationApproved,
    SpecificationChanged,
    SpecificationEnded,
    SpecificationEvent,
)
from zhiliu.contexts.catalog.models import Specification, SpecificationCharacteristic
from zhiliu.contexts.catalog.operations.materials import lock_material
from zhiliu.contexts.catalog.permissions import access_shared
from zhiliu.contexts.catalog.queries import (
    characteristics_of,
    drafted,
    facts_of,
    get_revision,
    get_unit,
)
from zhiliu.contexts.catalog.rules import SpecifiedCharacteristic
from zhiliu.contexts.catalog.states import SpecificationState
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


class SpecificationChanges(TypedDict, total=False):
    """What may change in a draft; what is left out stays."""

    note: str
    characteristics: Sequence[SpecifiedCharacteristic]


def add_specification(
    *,
    material_id: UUID,
    revision_id: UUID | None = None,
    number: str = "",
    note: str = "",
    characteristics: Sequence[SpecifiedCharacteristic] | None = None,
    command: Command,
    at: datetime,
) -> Specification:
    """Draft the next issue of what a material, or one revision of it, must be like.

    Without characteristics they are those of the issue before; so is the number, and without an
    issue before it is SPEC- and the material's. Raises SharedByAll, NotFound, AlreadyExists,
    DraftExists; emits SpecificationAdded.
    """
    flush()
    access_shared(command)
    material = lock_material(material_id)
    revision = get_revision(revision_id) if revision_id is not None else None
    if revision is not None and revision.material_id != material_id:
        raise NotFound("material revision", str(revision_id))
    series = Specification.objects.filter(material=material, revision=revision)
    last = series.order_by("-issue").first()
    if last is not None and last.state == SpecificationState.DRAFT:
        raise DraftExists(specification=last.shown)
    mark = f"/{revision.revision}" if revision is not None else ""
    number = number or (last.number if last is not None else f"SPEC-{material.number}{mark}")
    if last is not None and number != last.number:
        raise AlreadyExists("specification", last.number)
    if last is None and Specification.objects.filter(number=number).exists():
        raise AlreadyExists("specification", number)
    if characteristics is None:
        characteristics = characteristics_of(last) if last is not None else ()

    specification = record_created(
        Specification(
            number=number,
            issue=last.issue + 1 if last is not None else 1,
            material=material,
            revision=revision,
            state=SpecificationState.DRAFT,
            note=note,
            draft=_as_draft(characteristics),
        ),
        command,
    )
    _record(SpecificationAdded, specification, command, at)
    return specification


def change_specification(
    *,
    specification_id: UUID,
    expected_version: int,
    changes: SpecificationChanges,
    command: Command,
    at: datetime,
) -> Specification:
    """Change a draft: its note, or all its characteristics at once.

    Raises SharedByAll, NotFound, VersionMismatch, NotInState; emits SpecificationChanged when
    something changed.
    """
    specification = _lock(specification_id, command)
    same_version(expected_version, specification.version)
    for refusal in rules.can("change", facts_of(specification, command.actor)):
        raise refusal

    values: dict[str, Any] = {}
    if "note" in changes:
        values["note"] = changes["note"]
    if "characteristics" in changes:
        values["draft"] = _as_draft(changes["characteristics"])
    record_changed(specification, command, **values)
    if specification.version != expected_version:
        _record(SpecificationChanged, specification, command, at)
    return specification


def approve_specification(
    *,
    specification_id: UUID,
    expected_version: int,
    valid_from: datetime | None = None,
    command: Command,
    at: datetime,
) -> Specification:
    """Let a draft hold from `valid_from` on (at once without one) and end the issue before it.

    Whoever wrote on the draft may not approve it, and the version is named, so that nobody approves
    what they did not see. Raises SharedByAll, NotFound, VersionMismatch, NotInState, OwnDraft,
    NotReady, BadBeginning and what signing refuses; emits SpecificationApproved, and
    SpecificationEnded of the issue before.
    """
    specification = _lock(specification_id, command)
    same_version(expected_version, specification.version)
    lines = drafted(specification)
    former = _former(specification)
    begins = valid_from or at
    for refusal in rules.can("approve", facts_of(specification, command.actor)):
        raise refusal
    if problems := rules.check_specification(lines):
        raise NotReady(specification.shown, problems)
    for refusal in rules.check_beginning(
        specification.shown, begins, at, former.valid_from if former is not None else None
    ):
        raise refusal

    if former is not None:
        _end(former, begins, command, at)
        flush()  # the one without an end gives way before the next has none
    record_changed(
        specification,
        command,
        state=SpecificationState.VALID,
        valid_from=begins,
        approved_by=command.actor.id,
        approved_at=at,
        draft=[],
    )
    _fix(specification, lines, command, at)
    _record(SpecificationApproved, specification, command, at, valid_from=begins)
    return specification


def _fix(
    specification: Specification,
    lines: Sequence[SpecifiedCharacteristic],
    command: Command,
    at: datetime,
) -> None:
    """Write what holds from now on as rows, and sign it."""
    for ordinal, line in enumerate(lines, start=1):
        record_appended(
            SpecificationCharacteristic(
                specification_id=specification.pk, ordinal=ordinal, **asdict(line)
            )
        )
    sign(
        subject=_reference(specification),
        verb="approve",
        content={
            "material": specification.material.number,
            "state": specification.state,
            "valid_from": specification.valid_from,
            "approved_by": command.actor.id,
            "note": specification.note,
            "characteristics": [asdict(line) for line in lines],
        },
        command=command,
        at=at,
    )


def end_specification(
    *,
    specification_id: UUID,
    expected_version: int,
    valid_to: datetime | None = None,
    command: Command,
    at: datetime,
) -> Specification:
    """Let a valid issue hold only until `valid_to` (now without one), with nothing after it.

    Raises SharedByAll, NotFound, VersionMismatch, NotInState, BadBeginning; emits
    SpecificationEnded.
    """
    specification = _lock(specification_id, command)
    same_version(expected_version, specification.version)
    ends = valid_to or at
    for refusal in (
        *rules.can("end", facts_of(specification, command.actor)),
        *rules.check_beginning(specification.shown, ends, at, specification.valid_from),
    ):
        raise refusal

    _end(specification, ends, command, at)
    return specification


def check_files_of_specification(specification_id: UUID) -> None:
    """Raises FilesFixed unless the issue is a draft; it stays one until the act is over."""
    flush()
    rows = Specification.objects.select_related("material", "revision")
    lock_material(rows.get(pk=specification_id).material_id)
    specification = rows.get(pk=specification_id)
    for refusal in rules.check_files(specification.shown, specification.state):
        raise refusal


def _lock(specification_id: UUID, command: Command) -> Specification:
    """The specification, under its material's lock, which all issues share."""
    flush()
    access_shared(command)
    rows = Specification.objects.select_related("material", "revision")
    found = rows.filter(pk=specification_id).first()
    if found is None:
        raise NotFound("specification", str(specification_id))
    lock_material(found.material_id)
    return rows.get(pk=specification_id)


def _former(specification: Specification) -> Specification | None:
    return Specification.objects.filter(
        material_id=specification.material_id,
        revision_id=specification.revision_id,
        state=SpecificationState.VALID,
    ).first()


def _end(specification: Specification, ends: datetime, command: Command, at: datetime) -> None:
    record_changed(specification, command, state=SpecificationState.ENDED, valid_to=ends)
    _record(SpecificationEnded, specification, command, at, valid_to=ends)


def _as_draft(characteristics: Sequence[SpecifiedCharacteristic]) -> list[dict[str, Any]]:
    for unit_id in {c.unit_id for c in characteristics} - {None}:
        assert unit_id is not None
        get_unit(unit_id)
    return [as_json(asdict(c)) for c in characteristics]


def _reference(row: Specification) -> Reference:
    return Reference(row.kind, row.pk, row.shown, row.version)


def _record(
    event: type[SpecificationEvent],
    specification: Specification,
    command: Command,
    at: datetime,
    **more: Any,
) -> None:
    record_event(
        event(
            subject=_reference(specification),
            company_id=None,
            site_id=None,
            issue=specification.issue,
            material_id=specification.material_id,
            revision_id=specification.revision_id,
            **more,
        ),
        command,
        at,
    )

"""Materials and their revisions."""

from datetime import date, datetime
from typing import TypedDict
from uuid import UUID

from zhiliu.contexts.catalog.errors import AlreadyExists, LotControlFixed, NotFound
from zhiliu.contexts.catalog.events import MaterialAdded, MaterialChanged, MaterialRevisionAdded
from zhiliu.contexts.catalog.models import Material, MaterialRevision
from zhiliu.contexts.catalog.permissions import access_shared
from zhiliu.contexts.catalog.queries import get_material, get_profile, get_unit
from zhiliu.contexts.catalog.rules import check_gtin
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.commands.http import same_version
from zhiliu.platform.evidence.public import flush, record_changed, record_created
from zhiliu.platform.outbox.public import record_event


class MaterialChanges(TypedDict, total=False):
    """What may change in a material; what is left out stays.

    Number and stock unit never change, and the profile only to one of the same lot control: the
    lots, serials and balances that exist would contradict another.
    """

    name: str
    group: str
    gtin: str
    profile_id: UUID
    is_active: bool


def add_material(
    *,
    number: str,
    name: str,
    unit_id: UUID,
    profile_id: UUID,
    group: str = "",
    gtin: str = "",
    command: Command,
    at: datetime,
) -> Material:
    """Add a material, kept in the stock unit `unit_id`; a shorter GTIN is kept in 14 digits.

    Raises SharedByAll, NotFound, AlreadyExists, BadGtin; emits MaterialAdded.
    """
    flush()
    access_shared(command)
    unit, profile = get_unit(unit_id), get_profile(profile_id)
    if Material.objects.filter(number=number).exists():
        raise AlreadyExists("material", number)

    whole = _whole_gtin(gtin)
    material = record_created(
        Material(number=number, name=name, group=group, unit=unit, profile=profile, gtin=whole),
        command,
    )
    record_event(
        MaterialAdded(
            subject=Reference(material.kind, material.id, number, material.version),
            company_id=None,
            site_id=None,
            name=name,
            unit=unit.code,
            profile=profile.code,
        ),
        command,
        at,
    )
    return material


def change_material(
    *,
    material_id: UUID,
    expected_version: int,
    changes: MaterialChanges,
    command: Command,
    at: datetime,
) -> Material:
    """Change a material, or take it out of use with `is_active`.

    Raises SharedByAll, NotFound, VersionMismatch, LotControlFixed, BadGtin, AlreadyExists; emits
    MaterialChanged when something changed.
    """
    flush()
    access_shared(command)
    material = lock_material(material_id)
    same_version(expected_version, material.version)
    profile = material.profile
    if "profile_id" in changes:
        profile = get_profile(changes["profile_id"])
        if profile.lot_control != material.profile.lot_control:
            raise LotControlFixed(
                material=material.number,
                lot_control=material.profile.lot_control,
                wanted=profile.lot_control,
            )

    if "gtin" in changes:
        changes = {**changes, "gtin": _whole_gtin(changes["gtin"], but=material_id)}

    record_changed(material, command, **changes)
    if material.version != expected_version:
        material.profile = profile  # so that nobody reads it again
        record_event(
            MaterialChanged(
                subject=Reference(material.kind, material.id, material.number, material.version),
                company_id=None,
                site_id=None,
                name=material.name,
                profile=profile.code,
                is_active=material.is_active,
            ),
            command,
            at,
        )
    return material


def _whole_gtin(gtin: str, *, but: UUID | None = None) -> str:
    """The GTIN in 14 digits, or nothing; no other material may have it."""
    for refusal in check_gtin(gtin):
        raise refusal
    whole = gtin.zfill(14) if gtin else ""
    if whole and Material.objects.filter(gtin=whole).exclude(pk=but or UUID(int=0)).exists():
        raise AlreadyExists("material", whole)
    return whole


def add_material_revision(
    *,
    material_id: UUID,
    revision: str,
    valid_from: date | None = None,
    command: Command,
    at: datetime,
) -> MaterialRevision:
    """Add a revision of a material's design.

    Raises SharedByAll, NotFound, AlreadyExists; emits MaterialRevisionAdded.
    """
    flush()
    access_shared(command)
    material = get_material(material_id)
    number = f"{material.number}/{revision}"
    if MaterialRevision.objects.filter(material=material, revision=revision).exists():
        raise AlreadyExists("material revision", number)

    added = record_created(
        MaterialRevision(material=material, revision=revision, valid_from=valid_from), command
    )
    record_event(
        MaterialRevisionAdded(
            subject=Reference(added.kind, added.id, number, added.version),
            company_id=None,
            site_id=None,
            material_id=material_id,
            revision=revision,
        ),
        command,
        at,
    )
    return added


def lock_material(material_id: UUID) -> Material:
    """The material, locked for what depends on it; raises NotFound."""
    rows = Material.objects.select_related("unit", "profile")
    found = rows.select_for_update(no_key=True, of=("self",)).filter(pk=material_id).first()
    if found is None:
        raise NotFound("material", str(material_id))
    return found

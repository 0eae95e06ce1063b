"""Writes of the catalogue."""

from datetime import datetime
from uuid import UUID

from zhiliu.contexts.catalog.errors import AlreadyExists, NotFound
from zhiliu.contexts.catalog.events import MaterialAdded
from zhiliu.contexts.catalog.models import ControlProfile, Material, Unit
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import flush, record_created
from zhiliu.platform.outbox.public import record_event


def add_material(
    *,
    number: str,
    name: str,
    unit_id: UUID,
    profile_id: UUID,
    group: str = "",
    command: Command,
    at: datetime,
) -> Material:
    """Add a material. Raises NotFound, AlreadyExists; emits MaterialAdded."""
    flush()
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise NotFound(what="unit", given=str(unit_id))
    profile = ControlProfile.objects.filter(pk=profile_id).first()
    if profile is None:
        raise NotFound(what="control profile", given=str(profile_id))
    if Material.objects.filter(number=number).exists():
        raise AlreadyExists(what="material", given=number)

    material = record_created(
        Material(number=number, name=name, group=group, unit=unit, profile=profile), command
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

"""Control profiles: how materials are tracked and gated."""

from datetime import datetime
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from zhiliu.contexts.catalog import rules
from zhiliu.contexts.catalog.errors import AlreadyExists, NotFound
from zhiliu.contexts.catalog.events import ControlProfileAdded, ControlProfileChanged
from zhiliu.contexts.catalog.models import ControlProfile
from zhiliu.contexts.catalog.permissions import access_shared
from zhiliu.contexts.catalog.states import InspectionNeed, LotControl
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.commands.http import same_version
from zhiliu.platform.evidence.public import flush, record_changed, record_created
from zhiliu.platform.outbox.public import record_event


class ProfileChanges(TypedDict, total=False):
    """What may change in a profile; what is left out stays. Lot control never changes."""

    name: str
    inspection: InspectionNeed
    over_tolerance_percent: Decimal
    short_tolerance_percent: Decimal
    shelf_life_days: int | None


def add_control_profile(
    *,
    code: str,
    name: str,
    lot_control: LotControl,
    inspection: InspectionNeed,
    over_tolerance_percent: Decimal = ZERO,
    short_tolerance_percent: Decimal = ZERO,
    shelf_life_days: int | None = None,
    command: Command,
    at: datetime,
) -> ControlProfile:
    """Add a control profile; tolerances are percent of the ordered quantity.

    Raises SharedByAll, OutOfRange, AlreadyExists; emits ControlProfileAdded.
    """
    flush()
    access_shared(command)
    for refusal in rules.check_profile(
        over_tolerance_percent, short_tolerance_percent, shelf_life_days
    ):
        raise refusal
    if ControlProfile.objects.filter(code=code).exists():
        raise AlreadyExists("control profile", code)

    profile = record_created(
        ControlProfile(
            code=code,
            name=name,
            lot_control=lot_control,
            inspection=inspection,
            over_tolerance_percent=over_tolerance_percent,
            short_tolerance_percent=short_tolerance_percent,
            shelf_life_days=shelf_life_days,
        ),
        command,
    )
    record_event(
        ControlProfileAdded(
            subject=Reference(profile.kind, profile.id, code, profile.version),
            company_id=None,
            site_id=None,
            lot_control=str(lot_control),
            inspection=str(inspection),
        ),
        command,
        at,
    )
    return profile


def change_control_profile(
    *,
    profile_id: UUID,
    expected_version: int,
    changes: ProfileChanges,
    command: Command,
    at: datetime,
) -> ControlProfile:
    """Change a profile; its new version is the voucher of exemptions from now on.

    Raises SharedByAll, NotFound, VersionMismatch, OutOfRange; emits ControlProfileChanged when
    something changed.
    """
    flush()
    access_shared(command)
    profile = ControlProfile.objects.select_for_update(no_key=True).filter(pk=profile_id).first()
    if profile is None:
        raise NotFound("control profile", str(profile_id))
    same_version(expected_version, profile.version)
    for refusal in rules.check_profile(
        changes.get("over_tolerance_percent", profile.over_tolerance_percent),
        changes.get("short_tolerance_percent", profile.short_tolerance_percent),
        changes.get("shelf_life_days", profile.shelf_life_days),
    ):
        raise refusal

    record_changed(profile, command, **changes)
    if profile.version != expected_version:
        record_event(
            ControlProfileChanged(
                subject=Reference(profile.kind, profile.id, profile.code, profile.version),
                company_id=None,
                site_id=None,
                lot_control=str(profile.lot_control),
                inspection=str(profile.inspection),
            ),
            command,
            at,
        )
    return profile

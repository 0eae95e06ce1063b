"""Releasing goods that need no inspection; never done by receiving."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhiliu.contexts.catalog.models import ControlProfile
from zhiliu.contexts.inspections.events import LotExempted
from zhiliu.contexts.stock.models import Lot
from zhiliu.contexts.stock.public import LotStatus, lock_lots, release_locked
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.outbox.public import record_event


@dataclass(frozen=True)
class Exemption:
    """A lot and the version of the control profile that exempts its material."""

    lot_id: UUID
    profile_id: UUID
    profile: str
    profile_version: int


def exempt_lots(*, exemptions: Sequence[Exemption], command: Command, at: datetime) -> None:
    """Release lots of inspection-exempt material; the profile's version is the voucher.

    Emits LotExempted (and stock's LotReleased) per lot.
    """
    if not exemptions:
        return
    lots = lock_lots(sorted(e.lot_id for e in exemptions), command, exclusive=True)
    for exemption in exemptions:
        lot = lots[exemption.lot_id]
        if lot.status != LotStatus.AWAITING_INSPECTION:
            continue  # told of it twice
        voucher = Reference(
            ControlProfile.kind,
            exemption.profile_id,
            exemption.profile,
            exemption.profile_version,
        )
        release_locked(lots=[lot], voucher=voucher, command=command, at=at)
        record_event(
            LotExempted(
                subject=Reference(Lot.kind, lot.pk, lot.number, lot.version),
                company_id=lot.company_id,
                site_id=lot.site_id,
                material_id=lot.material_id,
                supplier_id=lot.supplier_id,
                profile_id=exemption.profile_id,
                profile=exemption.profile,
                profile_version=exemption.profile_version,
            ),
            command,
            at,
        )

"""How lots are born and how their gate changes: every version leaves a LotVersion."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.contexts.stock.events import LotCreated
from zhiliu.contexts.stock.models import Lot, LotVersion, Serial
from zhiliu.contexts.stock.operations.locks import about, open_hold_numbers
from zhiliu.contexts.stock.states import LotOrigin, LotStatus
from zhiliu.kernel.command import Command, Reference
from zhiliu.kernel.ids import new_id
from zhiliu.platform.evidence.public import (
    current,
    record_appended,
    record_changed,
    record_created,
)
from zhiliu.platform.numbering.public import take_numbers
from zhiliu.platform.outbox.public import record_event

LOT_RANGE = "stock.lot"


@dataclass(frozen=True)
class Birth:
    """What a new lot is, before it has a number."""

    company_id: UUID
    site_id: UUID
    material_id: UUID
    lot_control: str
    quantity: Decimal
    origin: LotOrigin
    voucher: Reference
    status: LotStatus = LotStatus.AWAITING_INSPECTION
    revision_id: UUID | None = None
    supplier_id: UUID | None = None
    supplier_lot: str = ""
    maker: str = ""
    manufactured_date: date | None = None
    expires_at: datetime | None = None
    is_urgent: bool = False
    split_from_id: UUID | None = None
    inherited: dict[str, Any] = field(default_factory=dict)


def take_lot_numbers(company_id: UUID, count: int) -> list[str]:
    """The next lot numbers of a company."""
    return take_numbers(company_id=company_id, kind=LOT_RANGE, count=count)


def create_lot(birth: Birth, number: str, *, command: Command, at: datetime) -> Lot:
    """Queue a lot, its first version and its event LotCreated."""
    lot = record_created(
        Lot(
            number=number,
            company_id=birth.company_id,
            site_id=birth.site_id,
            material_id=birth.material_id,
            lot_control=birth.lot_control,
            revision_id=birth.revision_id,
            origin=birth.origin,
            origin_kind=birth.voucher.kind,
            origin_id=birth.voucher.id,
            origin_number=birth.voucher.number,
            split_from_id=birth.split_from_id,
            initial_quantity=birth.quantity,
            supplier_id=birth.supplier_id,
            supplier_lot=birth.supplier_lot,
            maker=birth.maker,
            manufactured_date=birth.manufactured_date,
            status=birth.status,
            expires_at=birth.expires_at,
            is_urgent=birth.is_urgent,
            status_occurred_at=at,
            **birth.inherited,
        ),
        command,
    )
    append_version(lot, birth.voucher, command=command, at=at, holds=[])
    record_event(
        LotCreated(
            *about(lot),
            material_id=lot.material_id,
            supplier_id=lot.supplier_id,
            quantity=birth.quantity,
            status=lot.status,
            origin=birth.origin,
            origin_id=birth.voucher.id,
        ),
        command,
        at,
    )
    return lot


def change_lot(
    lot: Lot,
    *,
    voucher: Reference,
    command: Command,
    at: datetime,
    holds: list[str] | None = None,
    **values: Any,
) -> None:
    """Change an exclusively locked lot's gate; raises its version and appends the LotVersion.

    A change takes effect at `at`, but never before the version that it changes: so the version in
    force at a past moment is the last one that had occurred by then.
    """
    since, was = max(at, lot.status_occurred_at), lot.version
    record_changed(lot, command, status_occurred_at=since, **values)
    if lot.version == was:  # the same once more by another voucher is a version too
        since += timedelta(microseconds=1)
        record_changed(lot, command, status_occurred_at=since)
    append_version(lot, voucher, command=command, at=since, holds=holds)


def append_version(
    lot: Lot, voucher: Reference, *, command: Command, at: datetime, holds: list[str] | None
) -> None:
    """Append what the lot's gate says now, with the voucher that made it so."""
    bounds = None
    if lot.status == LotStatus.RESTRICTED:
        bounds = {
            "quantity": lot.bound_quantity,
            "until": lot.bound_until,
            "references": lot.bound_references,
            "customers": lot.bound_customers,
        }
    record_appended(
        LotVersion(
            lot_id=lot.pk,
            version=lot.version,
            status=lot.status,
            holds=open_hold_numbers(lot) if holds is None else holds,
            expires_at=lot.expires_at,
            is_urgent=lot.is_urgent,
            bounds=bounds,
            voucher_kind=voucher.kind,
            voucher_id=voucher.id,
            voucher_number=voucher.number,
            voucher_version=voucher.version,
            command_id=command.id,
            occurred_at=at,
        )
    )


def create_serials(lot: Lot, place_id: UUID, owner_id: UUID, numbers: Sequence[str]) -> list[UUID]:
    """Queue one serial a number; the unique key (material, maker, number) refuses a second one."""
    writes = current()
    ids = []
    for number in numbers:
        serial_id = new_id()
        writes.insert_values(
            Serial,
            id=serial_id,
            material_id=lot.material_id,
            maker=lot.maker,
            number=number,
            lot_id=lot.pk,
            place_id=place_id,
            owner_id=owner_id,
        )
        ids.append(serial_id)
    writes.born.update(ids)
    return ids

"""Writes of partners."""

from collections.abc import Collection
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from zhiliu.contexts.catalog.public import access_shared, get_company, get_material
from zhiliu.contexts.partners import rules
from zhiliu.contexts.partners.errors import (
    AlreadyBlocked,
    AlreadyExists,
    NotASupplier,
    NotFound,
    OwnPartnerFixed,
)
from zhiliu.contexts.partners.events import (
    PartnerAdded,
    PartnerChanged,
    SupplyBlockLifted,
    SupplyBlockPlaced,
)
from zhiliu.contexts.partners.models import Partner, SupplyBlock
from zhiliu.contexts.partners.permissions import access_partner
from zhiliu.contexts.partners.states import BlockedFunction, PartnerRole, SupplyBlockState
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.commands.http import same_version
from zhiliu.platform.evidence.public import flush, record_changed, record_created
from zhiliu.platform.outbox.public import record_event


class PartnerChanges(TypedDict, total=False):
    """What may change in a partner; what is left out stays. `roles` replaces all roles."""

    name: str
    roles: Collection[PartnerRole]
    is_active: bool


def add_partner(
    *, number: str, name: str, roles: Collection[PartnerRole], command: Command, at: datetime
) -> Partner:
    """Add a supplier, customer or carrier; its number never changes.

    Raises SharedByAll, RoleMissing, AlreadyExists; emits PartnerAdded.
    """
    flush()
    access_shared(command, "partners")
    for refusal in rules.check_roles(number, roles):
        raise refusal
    if Partner.objects.filter(number=number).exists():
        raise AlreadyExists(number=number)
    return _add(Partner(number=number, name=name, **_flags(roles)), command, at)


def add_own_partner(*, company_id: UUID, command: Command, at: datetime) -> Partner:
    """Add the partner that stands for a company as owner of goods, under the company's code.

    Raises NotFound, AlreadyExists when the code is another partner's number; emits PartnerAdded.
    Adding it again changes nothing.
    """
    flush()
    known = Partner.objects.filter(company_id=company_id).first()
    if known is not None:
        return known
    company = get_company(company_id)
    if Partner.objects.filter(number=company.code).exists():
        raise AlreadyExists(number=company.code)
    return _add(Partner(number=company.code, name=company.name, company=company), command, at)


def change_partner(
    *,
    partner_id: UUID,
    expected_version: int,
    changes: PartnerChanges,
    command: Command,
    at: datetime,
) -> Partner:
    """Change a partner, or take it out of use with `is_active`.

    Raises NotFound, SharedByAll, OwnPartnerFixed, VersionMismatch, RoleMissing; emits
    PartnerChanged when something changed.
    """
    flush()
    partner = access_partner(partner_id, command, lock=True)
    if partner.company_id is not None:
        raise OwnPartnerFixed(number=partner.number)
    same_version(expected_version, partner.version)
    values = {k: v for k, v in changes.items() if k != "roles"}
    if "roles" in changes:
        for refusal in rules.check_roles(partner.number, changes["roles"]):
            raise refusal
        values |= _flags(changes["roles"])

    record_changed(partner, command, **values)
    if partner.version != expected_version:
        record_event(
            PartnerChanged(
                subject=_reference(partner),
                company_id=None,
                site_id=None,
                name=partner.name,
                roles=partner.roles,
                is_active=partner.is_active,
            ),
            command,
            at,
        )
    return partner


def place_supply_block(
    *,
    supplier_id: UUID,
    blocked_function: BlockedFunction,
    reason: str,
    material_id: UUID | None = None,
    command: Command,
    at: datetime,
) -> SupplyBlock:
    """Stop ordering from a supplier, or let its goods be received into hold, until it is lifted.

    For one material or, with none named, for all. Raises NotFound, SharedByAll, NotASupplier,
    ReasonMissing, AlreadyBlocked; emits SupplyBlockPlaced.
    """
    flush()
    supplier = access_partner(supplier_id, command)
    if not supplier.is_supplier:
        raise NotASupplier(number=supplier.number)
    for refusal in rules.check_reason(reason):
        raise refusal
    material = get_material(material_id) if material_id is not None else None
    same = SupplyBlock.objects.filter(
        supplier=supplier,
        material=material,
        blocked_function=blocked_function,
        state=SupplyBlockState.OPEN,
    ).first()
    if same is not None:
        raise AlreadyBlocked(
            supplier=supplier.number, blocked_function=blocked_function, reason=same.reason
        )

    block = record_created(
        SupplyBlock(
            supplier=supplier,
            material=material,
            blocked_function=blocked_function,
            state=SupplyBlockState.OPEN,
            reason=reason.strip(),
            placed_at=at,
            placed_by=command.actor.id,
        ),
        command,
    )
    record_event(
        SupplyBlockPlaced(
            subject=_block_reference(block),
            company_id=None,
            site_id=None,
            supplier_id=supplier.pk,
            material_id=material_id,
            blocked_function=str(blocked_function),
            reason=block.reason,
        ),
        command,
        at,
    )
    return block


def lift_supply_block(
    *, block_id: UUID, reason: str, command: Command, at: datetime
) -> SupplyBlock:
    """Lift an open supply block.

    Raises NotFound, SharedByAll, NotOpen, LiftedBeforePlaced, ReasonMissing; emits
    SupplyBlockLifted.
    """
    flush()
    block = _lock_block(block_id)
    access_partner(block.supplier_id, command)
    facts = rules.SupplyBlockFacts(block.supplier.number, block.state, block.placed_at)
    for refusal in rules.can("lift", facts, at=at, reason=reason):
        raise refusal

    record_changed(
        block,
        command,
        state=SupplyBlockState.LIFTED,
        lifted_at=at,
        lifted_by=command.actor.id,
        lift_reason=reason.strip(),
    )
    record_event(
        SupplyBlockLifted(
            subject=_block_reference(block),
            company_id=None,
            site_id=None,
            supplier_id=block.supplier_id,
            material_id=block.material_id,
            blocked_function=str(block.blocked_function),
            reason=block.lift_reason,
        ),
        command,
        at,
    )
    return block


def lock_open_block(
    *, supplier_id: UUID, material_id: UUID, blocked_function: BlockedFunction
) -> SupplyBlock | None:
    """The open block of exactly this supplier, material and function, as it is under its lock.

    For whoever lets a block of theirs stand for something else too: nobody lifts it meanwhile.
    """
    flush()
    rows = SupplyBlock.objects.select_for_update(no_key=True)
    return rows.filter(
        supplier_id=supplier_id,
        material_id=material_id,
        blocked_function=blocked_function,
        state=SupplyBlockState.OPEN,
    ).first()


def _add(partner: Partner, command: Command, at: datetime) -> Partner:
    record_created(partner, command)
    record_event(
        PartnerAdded(
            subject=_reference(partner),
            company_id=partner.company_id,
            site_id=None,
            name=partner.name,
            roles=partner.roles,
        ),
        command,
        at,
    )
    return partner


def _flags(roles: Collection[PartnerRole]) -> dict[str, bool]:
    return {f"is_{role}": role in roles for role in PartnerRole}


def _reference(partner: Partner) -> Reference:
    return Reference(partner.kind, partner.pk, partner.number, partner.version)


def _block_reference(block: SupplyBlock) -> Reference:
    return Reference(block.kind, block.pk, block.supplier.number, block.version)


def _lock_block(block_id: UUID) -> SupplyBlock:
    rows = SupplyBlock.objects.select_related("supplier", "material")
    found = rows.select_for_update(no_key=True, of=("self",)).filter(pk=block_id).first()
    if found is None:
        raise NotFound("supply block", str(block_id))
    return found

"""The public facts of partners."""

from dataclasses import dataclass
from uuid import UUID

from zhiliu.kernel.event import Event


@dataclass(frozen=True)
class PartnerAdded(Event):
    """A partner exists; `company_id` is set when it stands for that company as owner of goods."""

    name: str
    roles: tuple[str, ...]

    type = "partners.partner_added.v1"


@dataclass(frozen=True)
class PartnerChanged(Event):
    """A partner's name, roles or activity changed."""

    name: str
    roles: tuple[str, ...]
    is_active: bool

    type = "partners.partner_changed.v1"


@dataclass(frozen=True)
class SupplyBlockPlaced(Event):
    """A supplier may not be ordered from, or its goods are received into hold.

    The subject's number is the supplier's; `material_id` is None when all materials are blocked.
    """

    supplier_id: UUID
    material_id: UUID | None
    blocked_function: str
    reason: str

    type = "partners.supply_block_placed.v1"


@dataclass(frozen=True)
class SupplyBlockLifted(Event):
    """The block is over; `reason` says why."""

    supplier_id: UUID
    material_id: UUID | None
    blocked_function: str
    reason: str

    type = "partners.supply_block_lifted.v1"

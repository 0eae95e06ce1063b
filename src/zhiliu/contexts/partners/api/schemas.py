"""What goes over the wire for partners."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from zhiliu.contexts.partners.models import Partner, SupplyBlock
from zhiliu.contexts.partners.states import (
    BlockedFunction,
    PartnerRole,
    SupplyBlockState,
)
from zhiliu.platform.commands.http import Act, AllowedAction, Schema

Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]
Name = Annotated[Line, Field(min_length=1, max_length=150)]
Roles = Annotated[list[PartnerRole], Field(min_length=1, max_length=3)]
Reason = Annotated[Line, Field(min_length=1, max_length=500)]


def stated(body: Act, *more: str) -> dict[str, Any]:
    """A body's own fields that the caller stated, as the arguments of an operation."""
    return body.model_dump(exclude={"occurred_at", "reason"} - set(more), exclude_unset=True)


class PartnerIn(Act):
    """A new partner with at least one role."""

    number: Annotated[Line, Field(min_length=1, max_length=40)]
    name: Name
    roles: Roles


class PartnerPatch(Act):
    """Changes of a partner; what is left out stays, roles replace all roles."""

    name: Name = ""
    roles: Roles = []
    is_active: bool = True


class PartnerOut(Schema):
    """A partner; with company_id, our own company as owner of goods."""

    id: UUID
    version: int
    number: str
    name: str
    company_id: UUID | None
    roles: list[PartnerRole]
    is_active: bool

    @classmethod
    def of(cls, partner: Partner) -> "PartnerOut":
        return cls.model_validate(partner, from_attributes=True)


class SupplyBlockIn(Act):
    """A new supply block; without a material it stops all of them."""

    supplier_id: UUID
    material_id: UUID | None = None
    blocked_function: BlockedFunction
    reason: Reason


class SupplyBlockLift(Act):
    """Why a supply block is over."""

    reason: Reason


class SupplyBlockOut(Schema):
    """A supply block."""

    id: UUID
    version: int
    supplier_id: UUID
    supplier: str
    supplier_name: str
    material_id: UUID | None
    material: str | None
    material_name: str | None
    blocked_function: BlockedFunction
    state: SupplyBlockState
    reason: str
    placed_at: datetime
    placed_by: UUID
    lifted_at: datetime | None
    lifted_by: UUID | None
    lift_reason: str

    @classmethod
    def of(cls, block: SupplyBlock) -> "SupplyBlockOut":
        return cls(
            id=block.pk,
            version=block.version,
            supplier_id=block.supplier_id,
            supplier=block.supplier.number,
            supplier_name=block.supplier.name,
            material_id=block.material_id,
            material=block.material.number if block.material is not None else None,
            material_name=block.material.name if block.material is not None else None,
            blocked_function=BlockedFunction(block.blocked_function),
            state=SupplyBlockState(block.state),
            reason=block.reason,
            placed_at=block.placed_at,
            placed_by=block.placed_by,
            lifted_at=block.lifted_at,
            lifted_by=block.lifted_by,
            lift_reason=block.lift_reason,
        )


class SupplyBlockDetailOut(SupplyBlockOut):
    """A supply block and what may be done with it now."""

    allowed_actions: list[AllowedAction]

    @classmethod
    def whole(cls, block: SupplyBlock, actions: list[AllowedAction]) -> "SupplyBlockDetailOut":
        """Everything about one supply block."""
        return cls(**SupplyBlockOut.of(block).model_dump(), allowed_actions=actions)

"""Endpoints of partners."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.partners import operations, queries
from zhiliu.contexts.partners.api.schemas import (
    PartnerIn,
    PartnerOut,
    PartnerPatch,
    SupplyBlockDetailOut,
    SupplyBlockIn,
    SupplyBlockLift,
    SupplyBlockOut,
    stated,
)
from zhiliu.contexts.partners.states import SUPPLY_BLOCK, BlockedFunction, SupplyBlockState
from zhiliu.platform.commands.http import act, answers, if_match, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page
from zhiliu.platform.signatures.http import allowed_actions

router = Router(tags=["partners"])

PARTNERS = ListQuery(
    filters={
        "number": "number",
        "company_id": "company_id",
        "is_supplier": "is_supplier",
        "is_customer": "is_customer",
        "is_carrier": "is_carrier",
        "is_active": "is_active",
    },
    search=("number__icontains", "name__icontains"),
    sorts=("number", "name"),
    types={
        "company_id": UUID,
        "is_supplier": bool,
        "is_customer": bool,
        "is_carrier": bool,
        "is_active": bool,
    },
)

SUPPLY_BLOCKS = ListQuery(
    filters={
        "supplier_id": "supplier_id",
        "material_id": "material_id",
        "blocked_function": "blocked_function",
        "state": "state",
    },
    search=(
        "material__number__icontains",
        "material__name__icontains",
        "supplier__number__icontains",
        "supplier__name__icontains",
        "reason__icontains",
    ),
    sorts=("id", "placed_at"),
    types={
        "supplier_id": UUID,
        "material_id": UUID,
        "blocked_function": BlockedFunction,
        "state": SupplyBlockState,
    },
)


@router.get("/partners", response=answers(Page[PartnerOut]), operation_id="list_partners")
def list_partners(request: HttpRequest, query: Query[PARTNERS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Partners, page by page."""
    actor = reader(request, "partners.read")
    return page(request, queries.list_partners(actor), PARTNERS, query, PartnerOut)


@router.get("/partners/{partner_id}", response=answers(PartnerOut), operation_id="get_partner")
def get_partner(request: HttpRequest, response: HttpResponse, partner_id: UUID) -> Any:
    """One partner; its version is the ETag."""
    partner = queries.get_visible_partner(reader(request, "partners.read"), partner_id)
    response["ETag"] = f'"{partner.version}"'
    return PartnerOut.of(partner)


@router.post("/partners", response=answers(PartnerOut, 201), operation_id="add_partner")
def add_partner(request: HttpRequest, body: PartnerIn) -> HttpResponse:
    """Add a partner."""
    return act(
        request,
        "partners.add_partner",
        body,
        lambda command, at: PartnerOut.of(
            operations.add_partner(**stated(body), command=command, at=at)
        ),
        status=201,
    )


@router.patch("/partners/{partner_id}", response=answers(PartnerOut), operation_id="change_partner")
def change_partner(request: HttpRequest, partner_id: UUID, body: PartnerPatch) -> HttpResponse:
    """Change a partner: only what is stated; If-Match names the version that was read."""
    expected_version = if_match(request)
    return act(
        request,
        "partners.change_partner",
        body,
        lambda command, at: PartnerOut.of(
            operations.change_partner(
                partner_id=partner_id,
                expected_version=expected_version,
                changes=stated(body),  # type: ignore[arg-type]
                command=command,
                at=at,
            )
        ),
        path={"partner_id": partner_id, "stated": sorted(body.model_fields_set)},
    )


@router.get(
    "/supply-blocks", response=answers(Page[SupplyBlockOut]), operation_id="list_supply_blocks"
)
def list_supply_blocks(request: HttpRequest, query: Query[SUPPLY_BLOCKS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Supply blocks, page by page."""
    actor = reader(request, "partners.read")
    return page(request, queries.list_supply_blocks(actor), SUPPLY_BLOCKS, query, SupplyBlockOut)


@router.get(
    "/supply-blocks/{block_id}",
    response=answers(SupplyBlockDetailOut),
    operation_id="get_supply_block",
)
def get_supply_block(request: HttpRequest, response: HttpResponse, block_id: UUID) -> Any:
    """One supply block; its version is the ETag."""
    actor = reader(request, "partners.read")
    block = queries.get_visible_supply_block(actor, block_id)
    response["ETag"] = f'"{block.version}"'
    actions = allowed_actions(request, SUPPLY_BLOCK, queries.supply_block_actions(actor, block))
    return SupplyBlockDetailOut.whole(block, actions)


@router.post(
    "/supply-blocks", response=answers(SupplyBlockOut, 201), operation_id="place_supply_block"
)
def place_supply_block(request: HttpRequest, body: SupplyBlockIn) -> HttpResponse:
    """Block a supplier for ordering or receipt."""
    return act(
        request,
        "partners.place_supply_block",
        body,
        lambda command, at: SupplyBlockOut.of(
            operations.place_supply_block(**stated(body, "reason"), command=command, at=at)
        ),
        status=201,
    )


@router.post(
    "/supply-blocks/{block_id}/lift",
    response=answers(SupplyBlockOut),
    operation_id="lift_supply_block",
)
def lift_supply_block(request: HttpRequest, block_id: UUID, body: SupplyBlockLift) -> HttpResponse:
    """Lift a supply block."""
    return act(
        request,
        "partners.lift_supply_block",
        body,
        lambda command, at: SupplyBlockOut.of(
            operations.lift_supply_block(
                block_id=block_id, reason=body.reason, command=command, at=at
            )
        ),
        path={"block_id": block_id},
    )

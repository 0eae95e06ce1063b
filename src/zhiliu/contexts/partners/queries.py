"""Reads of partners."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from zhiliu.contexts.partners.errors import NotASupplier, NotFound
from zhiliu.contexts.partners.models import Partner, SupplyBlock
from zhiliu.contexts.partners.permissions import BLOCKS, PARTNERS
from zhiliu.contexts.partners.rules import SupplyBlockFacts, can
from zhiliu.contexts.partners.states import SUPPLY_BLOCK, BlockedFunction, SupplyBlockState
from zhiliu.kernel.actor import Actor, Scope
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.public import permitted
from zhiliu.platform.evidence.public import flush

REMEMBERED = 1_000

_own_partners: dict[UUID, Partner] = {}


def list_partners(actor: Actor) -> QuerySet[Partner]:
    """Partners that the actor may see."""
    return Partner.objects.filter(PARTNERS.filter(actor))


def list_supply_blocks(actor: Actor) -> QuerySet[SupplyBlock]:
    """Supply blocks, open and lifted, of the suppliers that the actor may see."""
    rows = SupplyBlock.objects.select_related("supplier", "material")
    return rows.filter(BLOCKS.filter(actor))


def get_visible_partner(actor: Actor, partner_id: UUID) -> Partner:
    """One partner that the actor may see; raises NotFound."""
    partner = list_partners(actor).filter(pk=partner_id).first()
    if partner is None:
        raise NotFound("partner", str(partner_id))
    return partner


def get_visible_supply_block(actor: Actor, block_id: UUID) -> SupplyBlock:
    """One supply block that the actor may see; raises NotFound."""
    block = list_supply_blocks(actor).filter(pk=block_id).first()
    if block is None:
        raise NotFound("supply block", str(block_id))
    return block


def supply_block_actions(actor: Actor, block: SupplyBlock) -> dict[str, list[Refusal]]:
    """For each verb of a supply block what refuses it now, for this actor."""
    facts = SupplyBlockFacts(block.supplier.number, block.state, block.placed_at)
    where = Scope(supplier_id=block.supplier_id)
    return {
        verb: permitted(actor, transition.permission, where) + can(verb, facts)
        for verb, transition in SUPPLY_BLOCK.verbs.items()
    }


def get_partner(partner_id: UUID) -> Partner:
    """A partner; raises NotFound."""
    flush()
    partner = Partner.objects.filter(pk=partner_id).first()
    if partner is None:
        raise NotFound("partner", str(partner_id))
    return partner


def get_supplier(partner_id: UUID) -> Partner:
    """A partner that is a supplier; raises NotFound, NotASupplier."""
    partner = get_partner(partner_id)
    if not partner.is_supplier:
        raise NotASupplier(number=partner.number)
    return partner


def get_own_partner(company_id: UUID) -> Partner:
    """The partner that stands for a company of ours as owner of goods; raises NotFound.

    It never changes, so a process remembers it.
    """
    known = _own_partners.get(company_id)
    if known is None:
        flush()
        known = Partner.objects.filter(company_id=company_id).first()
        if known is None:
            raise NotFound("partner", str(company_id))
        if len(_own_partners) >= REMEMBERED:
            _own_partners.clear()
        _own_partners[company_id] = known
    return known


def get_own_partner_id(company_id: UUID) -> UUID:
    """The id of `get_own_partner`: the owner of goods that belong to the company itself."""
    return get_own_partner(company_id).pk


def open_blocks(
    supplier_id: UUID, material_ids: Iterable[UUID], blocked_function: BlockedFunction
) -> dict[UUID, SupplyBlock]:
    """Which of these materials the supplier is blocked for now, by material id, with the block.

    A block of all materials answers for each; one that names the material goes before it, as it
    tells more. Materials that are free are not in the answer.
    """
    flush()
    asked = set(material_ids)
    rows = SupplyBlock.objects.filter(
        Q(material_id__in=asked) | Q(material_id__isnull=True),
        supplier_id=supplier_id,
        blocked_function=blocked_function,
        state=SupplyBlockState.OPEN,
    )
    by_material = {block.material_id: block for block in rows}
    of_all = by_material.get(None)
    found = {m: by_material.get(m, of_all) for m in asked}
    return {m: block for m, block in found.items() if block is not None}


def names_of_partners(partner_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of partners by id."""
    return dict(Partner.objects.filter(pk__in=partner_ids).values_list("pk", "name"))

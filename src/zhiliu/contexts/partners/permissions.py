"""What may be granted for partners, and which partners somebody may see or change."""

from uuid import UUID

from zhiliu.contexts.catalog.errors import SharedByAll
from zhiliu.contexts.catalog.public import is_permitted
from zhiliu.contexts.partners.errors import NotFound
from zhiliu.contexts.partners.models import Partner, SupplyBlock
from zhiliu.kernel.actor import Scope
from zhiliu.kernel.command import Command
from zhiliu.platform.access.public import Permission, Visibility

READ = "partners.read"

PERMISSIONS = (
    Permission(READ, "See partners and supply blocks", "查看合作方和供应限制"),
    Permission("partners.add_partner", "Add partners", "新增合作方"),
    Permission("partners.change_partner", "Change partners", "修改合作方"),
    Permission("partners.place_supply_block", "Place supply blocks", "设置供应限制"),
    Permission("partners.lift_supply_block", "Lift supply blocks", "解除供应限制"),
)

# Partners belong to no company: staff see every one, a supplier or a customer only itself.
PARTNERS = Visibility(Partner.kind, Partner, READ, supplier="id", customer="id", is_shared=True)
BLOCKS = Visibility(
    SupplyBlock.kind,
    SupplyBlock,
    READ,
    supplier="supplier_id",
    customer="supplier_id",
    is_shared=True,
)
VISIBLE = (PARTNERS, BLOCKS)


def access_partner(partner_id: UUID, command: Command, *, lock: bool = False) -> Partner:
    """The partner to act on, locked when it shall change.

    Raises NotFound when the actor may not even see it, SharedByAll when the grant covers only a
    company or site.
    """
    rows = Partner.objects.select_for_update(no_key=True) if lock else Partner.objects.all()
    partner = rows.filter(pk=partner_id).first()
    if partner is None:
        raise NotFound("partner", str(partner_id))
    where = Scope(supplier_id=partner.pk if partner.is_supplier else None)
    if not is_permitted(command, where, "partners"):
        seen = PARTNERS.filter(command.actor, operation=command.operation)
        if Partner.objects.filter(seen, pk=partner_id).exists():
            raise SharedByAll(operation=command.operation)
        raise NotFound("partner", str(partner_id))
    return partner

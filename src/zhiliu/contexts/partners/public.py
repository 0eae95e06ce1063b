"""The front door of partners."""

from zhiliu.contexts.partners.models import Partner
from zhiliu.contexts.partners.operations import (
    add_own_partner,
    add_partner,
    change_partner,
    lift_supply_block,
    lock_open_block,
    place_supply_block,
)
from zhiliu.contexts.partners.queries import (
    get_own_partner,
    get_own_partner_id,
    get_partner,
    get_supplier,
    list_partners,
    names_of_partners,
    open_blocks,
)
from zhiliu.contexts.partners.states import BlockedFunction, PartnerRole
from zhiliu.platform.access.public import Searcher

SCOPE_NAMES = {"supplier_id": names_of_partners, "customer_id": names_of_partners}
SEARCHERS = (
    Searcher(Partner.kind, "partners.read", list_partners, ("number", "name"), title="name"),
)

__all__ = [
    "SCOPE_NAMES",
    "SEARCHERS",
    "BlockedFunction",
    "PartnerRole",
    "add_own_partner",
    "add_partner",
    "change_partner",
    "get_own_partner",
    "get_own_partner_id",
    "get_partner",
    "get_supplier",
    "lift_supply_block",
    "lock_open_block",
    "open_blocks",
    "place_supply_block",
]

"""The front door of partners."""

from zhiliu.contexts.partners.operations import (
    add_own_partner,
    add_partner,
    change_partner,
    lift_supply_block,
    place_supply_block,
)
from zhiliu.contexts.partners.queries import (
    get_own_partner,
    get_own_partner_id,
    get_partner,
    get_supplier,
    open_blocks,
)
from zhiliu.contexts.partners.states import BlockedFunction, PartnerRole

__all__ = [
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
    "open_blocks",
    "place_supply_block",
]

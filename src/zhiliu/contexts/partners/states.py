"""Enumerations and the lifecycle of partners."""

from enum import StrEnum

from zhiliu.kernel.lifecycle import Lifecycle, Transition


class PartnerRole(StrEnum):
    """What a partner is to us; one partner may be several."""

    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    CARRIER = "carrier"


class BlockedFunction(StrEnum):
    """What a supply block stops."""

    ORDER = "order"
    RECEIPT = "receipt"


class SupplyBlockState(StrEnum):
    """A supply block is open until it is lifted."""

    OPEN = "open"
    LIFTED = "lifted"


SUPPLY_BLOCK = Lifecycle(
    kind="partners.supply_block",
    states=SupplyBlockState,
    initial=frozenset({SupplyBlockState.OPEN}),
    verbs={
        "lift": Transition(
            frozenset({SupplyBlockState.OPEN}),
            SupplyBlockState.LIFTED,
            "partners.lift_supply_block",
        ),
    },
)
LIFECYCLES = (SUPPLY_BLOCK,)

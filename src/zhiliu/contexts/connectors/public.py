"""The front door of connectors."""

from zhiliu.contexts.connectors.operations import (
    Imported,
    import_adventureworks,
    replay_orders,
)
from zhiliu.contexts.connectors.queries import PACKAGED, get_replay_totals, read_orders
from zhiliu.contexts.connectors.rules import first_orders

__all__ = [
    "PACKAGED",
    "Imported",
    "first_orders",
    "get_replay_totals",
    "import_adventureworks",
    "read_orders",
    "replay_orders",
]

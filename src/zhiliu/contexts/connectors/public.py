"""The front door of connectors."""

from zhiliu.contexts.connectors.operations import (
    Imported,
    import_adventureworks,
    import_master_data,
    replay_purchases,
)
from zhiliu.contexts.connectors.queries import PACKAGED, get_replay_totals, read_adventureworks
from zhiliu.contexts.connectors.rules import purchases

__all__ = [
    "PACKAGED",
    "Imported",
    "get_replay_totals",
    "import_adventureworks",
    "import_master_data",
    "purchases",
    "read_adventureworks",
    "replay_purchases",
]

"""Writes of connectors: a source through the operations that users call."""

from zhiliu.contexts.connectors.operations.importing import (
    Imported,
    Progress,
    import_adventureworks,
    import_master_data,
)
from zhiliu.contexts.connectors.operations.rehearsing import rehearse_purchases
from zhiliu.contexts.connectors.operations.replaying import replay_purchases

__all__ = [
    "Imported",
    "Progress",
    "import_adventureworks",
    "import_master_data",
    "rehearse_purchases",
    "replay_purchases",
]

"""The front door of connectors."""

from zhiliu.contexts.connectors.operations import (
    Imported,
    import_adventureworks,
    import_master_data,
    rehearse_purchases,
    replay_purchases,
)
from zhiliu.contexts.connectors.queries import (
    PACKAGED,
    get_account,
    get_replay_totals,
    read_adventureworks,
)
from zhiliu.contexts.connectors.rules import SCHEMES, purchases, scheme_table, vendor_table

__all__ = [
    "PACKAGED",
    "SCHEMES",
    "Imported",
    "get_account",
    "get_replay_totals",
    "import_adventureworks",
    "import_master_data",
    "purchases",
    "read_adventureworks",
    "rehearse_purchases",
    "replay_purchases",
    "scheme_table",
    "vendor_table",
]

"""Writes of connectors: everything goes through the operations of the contexts below."""

from zhiliu.contexts.connectors.operations.importing import Imported, import_adventureworks
from zhiliu.contexts.connectors.operations.replaying import replay_orders

__all__ = ["Imported", "import_adventureworks", "replay_orders"]

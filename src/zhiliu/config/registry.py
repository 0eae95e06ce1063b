"""What start-up wires together, in the order of the building."""

from importlib import import_module
from importlib.util import find_spec

from zhiliu.config.contexts import BUILT_CONTEXTS, BUILT_PLATFORM
from zhiliu.platform.access.public import declare_permissions, register_kinds
from zhiliu.platform.commands.constraints import declare_constraints

_wired = False


def wire() -> None:
    """Declare permissions and kinds of records, register reactions, bottom up. Runs once."""
    global _wired
    if _wired:
        return
    _wired = True
    for package in (
        *(f"zhiliu.platform.{app}" for app in BUILT_PLATFORM),
        *(f"zhiliu.contexts.{context}" for context in BUILT_CONTEXTS),
    ):
        for room in ("permissions", "errors", "events", "public", "reactions", "jobs"):
            name = f"{package}.{room}"
            if find_spec(name) is None:
                continue
            module = import_module(name)
            if room == "permissions" and hasattr(module, "PERMISSIONS"):
                declare_permissions(module.PERMISSIONS)
            if room == "errors" and hasattr(module, "CONSTRAINTS"):
                declare_constraints(module.CONSTRAINTS)
            if room == "public" and hasattr(module, "KINDS"):
                register_kinds(module.KINDS)

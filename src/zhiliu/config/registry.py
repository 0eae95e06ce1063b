"""What start-up wires together, in the order of the building."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from zhiliu.config.checks.running import look_for_platform
from zhiliu.config.contexts import BUILT_CONTEXTS, BUILT_PLATFORM
from zhiliu.platform.access.public import (
    declare_permissions,
    declare_visibilities,
    register_kinds,
    register_scope_names,
    register_searchers,
)
from zhiliu.platform.attachments.public import register_file_checks
from zhiliu.platform.commands.constraints import declare_constraints
from zhiliu.platform.evidence.public import register_check
from zhiliu.platform.rules.public import declare_tables, signing_strength
from zhiliu.platform.signatures.public import register_strength

# What start-up reads: the room, a name in it, and who is given it.
_DECLARED: tuple[tuple[str, str, Callable[[Any], None]], ...] = (
    ("permissions", "PERMISSIONS", declare_permissions),
    ("permissions", "VISIBLE", declare_visibilities),
    ("errors", "CONSTRAINTS", declare_constraints),
    ("rules", "RULE_TABLES", declare_tables),
    ("public", "KINDS", register_kinds),
    ("public", "FILE_CHECKS", register_file_checks),
    ("public", "SCOPE_NAMES", register_scope_names),
    ("public", "SEARCHERS", register_searchers),
)

_wired = False


def wire() -> None:
    """Declare every permission, visibility, kind of record and rule table, and register every
    reaction, bottom up. Runs once. A rule table that cannot be used ends the start: BrokenTable
    says which and why.
    """
    global _wired
    if _wired:
        return
    _wired = True
    register_strength(signing_strength)
    register_check(look_for_platform)
    for package in (
        *(f"zhiliu.platform.{app}" for app in BUILT_PLATFORM),
        *(f"zhiliu.contexts.{context}" for context in BUILT_CONTEXTS),
    ):
        for room in ("permissions", "errors", "events", "rules", "public", "reactions", "jobs"):
            name = f"{package}.{room}"
            if find_spec(name) is None:
                continue
            module = import_module(name)
            for declaring, attribute, declare in _DECLARED:
                if declaring == room and hasattr(module, attribute):
                    declare(getattr(module, attribute))

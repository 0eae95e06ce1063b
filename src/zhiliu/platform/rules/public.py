"""The front door of rules. Contexts declare tables as `RULE_TABLES` in their `rules` room, with
`RuleTable` of `zhiliu.platform.rules.table`, which needs no Django."""

from zhiliu.platform.rules.errors import BrokenTable, Undecided
from zhiliu.platform.rules.operations import install_tables
from zhiliu.platform.rules.queries import (
    Decision,
    all_tables,
    decide,
    declare_tables,
    forget_decisions,
    signing_strength,
)
from zhiliu.platform.rules.table import RuleTable

__all__ = [
    "BrokenTable",
    "Decision",
    "RuleTable",
    "Undecided",
    "all_tables",
    "decide",
    "declare_tables",
    "forget_decisions",
    "install_tables",
    "signing_strength",
]

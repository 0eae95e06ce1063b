"""The rule table of signing strength. Contexts keep theirs in their own `rules` room."""

from pathlib import Path

from zhiliu.kernel.command import Strength
from zhiliu.platform.rules.table import RuleTable
from zhiliu.platform.signatures.states import Meaning

SIGNING_STRENGTH = RuleTable(
    code="signatures.signing_strength",
    inputs={"kind": str, "verb": str, "is_override": bool},
    outputs={"strength": Strength, "meaning": Meaning},
    content=Path(__file__).parent / "tables" / "signing_strength.json",
)
RULE_TABLES = (SIGNING_STRENGTH,)

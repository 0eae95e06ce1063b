"""The decision tables of nonconformance: who decides, and what may be decided, until when.

The company's own choice, not a standard's: both are data, versioned, and exercised at start-up.
"""

from decimal import Decimal
from pathlib import Path

from zhiliu.contexts.nonconformance.states import Source
from zhiliu.platform.rules.table import RuleTable

_FOLDER = Path(__file__).parent / "tables"

# Nobody said: severity_class is empty. No cost is known: estimated_cost is 0, is_cost_known false.
_FACTS = {
    "severity_class": str,
    "source": Source,
    "material_group": str,
    "is_cost_known": bool,
    "estimated_cost": Decimal,
    "currency": str,
}
REVIEW_ROUTING = RuleTable(
    code="nonconformance.review_routing",
    inputs=_FACTS,
    outputs={"review_board": str},
    content=_FOLDER / "review_routing.json",
)
ALLOWED_DISPOSITIONS = RuleTable(
    code="nonconformance.allowed_dispositions",
    inputs=_FACTS,
    outputs={"kinds": tuple[str, ...]},
    content=_FOLDER / "allowed_dispositions.json",
)
# Within how many hours of its opening all goods of a report have a disposition.
DISPOSITION_DUE = RuleTable(
    code="nonconformance.disposition_due",
    inputs=_FACTS,
    outputs={"hours": int},
    content=_FOLDER / "disposition_due.json",
)
RULE_TABLES = (REVIEW_ROUTING, ALLOWED_DISPOSITIONS, DISPOSITION_DUE)

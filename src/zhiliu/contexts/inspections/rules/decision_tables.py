"""The decision tables of inspections; their files stand beside in tables/."""

from pathlib import Path

from zhiliu.contexts.inspections.states import InspectionReason, SamplingStatus, Scheme, Stage
from zhiliu.platform.rules.table import RuleTable

_FILES = Path(__file__).parent / "tables"

PLAN_CHOICE = RuleTable(
    code="inspections.plan_choice",
    inputs={"is_for_material": bool, "is_for_supplier": bool},
    outputs={"rank": int},
    content=_FILES / "plan_choice.json",
)
SAMPLING_START = RuleTable(
    code="inspections.sampling_start",
    inputs={"severity_class": str, "scheme": Scheme},
    outputs={"status": SamplingStatus},
    content=_FILES / "sampling_start.json",
)
SKIP_LOT = RuleTable(
    code="inspections.skip_lot",
    inputs={"severity_class": str},
    outputs={"after_accepted": int, "one_in": int},
    content=_FILES / "skip_lot.json",
)
# Within how many hours of its opening an inspection is decided; the company's own choice.
# `is_reserved`: an order has reserved goods of its lots.
INSPECTION_DUE = RuleTable(
    code="inspections.inspection_due",
    inputs={"stage": Stage, "reason": InspectionReason, "is_reserved": bool},
    outputs={"hours": int},
    content=_FILES / "inspection_due.json",
)
RULE_TABLES = (PLAN_CHOICE, SAMPLING_START, SKIP_LOT, INSPECTION_DUE)

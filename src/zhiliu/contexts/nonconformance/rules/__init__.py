"""Decisions of nonconformance on plain values, and its decision tables."""

from zhiliu.contexts.nonconformance.rules.deciding import (
    DispositionFacts,
    LotFacts,
    ReportFacts,
    can,
    can_disposition,
    check_allowed,
    check_concession,
    check_disposition,
    estimate,
    rounded,
    shares,
)
from zhiliu.contexts.nonconformance.rules.decision_tables import (
    ALLOWED_DISPOSITIONS,
    DISPOSITION_DUE,
    REVIEW_ROUTING,
    RULE_TABLES,
)

__all__ = [
    "ALLOWED_DISPOSITIONS",
    "DISPOSITION_DUE",
    "REVIEW_ROUTING",
    "RULE_TABLES",
    "DispositionFacts",
    "LotFacts",
    "ReportFacts",
    "can",
    "can_disposition",
    "check_allowed",
    "check_concession",
    "check_disposition",
    "estimate",
    "rounded",
    "shares",
]

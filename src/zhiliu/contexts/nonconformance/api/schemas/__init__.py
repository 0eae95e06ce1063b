"""What goes over the wire for nonconformance. Quantities are decimals as text in the stock unit."""

from zhiliu.contexts.nonconformance.api.schemas.answers import (
    ConcessionDetailOut,
    ConcessionOut,
    DispositionDetailOut,
    DispositionOut,
    ReportDetailOut,
    ReportOut,
    ReportStateOut,
)
from zhiliu.contexts.nonconformance.api.schemas.requests import (
    CarryOutIn,
    ConcessionIn,
    DispositionIn,
    ReportIn,
    ReportPatch,
    stated,
)

__all__ = [
    "CarryOutIn",
    "ConcessionDetailOut",
    "ConcessionIn",
    "ConcessionOut",
    "DispositionDetailOut",
    "DispositionIn",
    "DispositionOut",
    "ReportDetailOut",
    "ReportIn",
    "ReportOut",
    "ReportPatch",
    "ReportStateOut",
    "stated",
]

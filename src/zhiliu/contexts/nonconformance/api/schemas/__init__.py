"""What goes over the wire for nonconformance. Quantities are decimals as text in the stock unit."""

from zhiliu.contexts.nonconformance.api.schemas.answers import (
    ConcessionOut,
    DispositionDetailOut,
    DispositionOut,
    DispositionsOut,
    NonconformanceAction,
    ReportDetailOut,
    ReportOut,
    ReportStateOut,
)
from zhiliu.contexts.nonconformance.api.schemas.requests import (
    CarryOutIn,
    ConcessionIn,
    DispositionIn,
    DispositionPartsIn,
    ReportIn,
    ReportPatch,
    stated,
)

__all__ = [
    "CarryOutIn",
    "ConcessionIn",
    "ConcessionOut",
    "DispositionDetailOut",
    "DispositionIn",
    "DispositionOut",
    "DispositionPartsIn",
    "DispositionsOut",
    "NonconformanceAction",
    "ReportDetailOut",
    "ReportIn",
    "ReportOut",
    "ReportPatch",
    "ReportStateOut",
    "stated",
]

"""What goes over the wire for nonconformance. Quantities are decimals as text in the stock unit."""

from zhiliu.contexts.nonconformance.api.schemas.answers import (
    ConcessionDetailOut,
    ConcessionOut,
    DispositionDetailOut,
    DispositionOut,
    DispositionsOut,
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
    "ConcessionDetailOut",
    "ConcessionIn",
    "ConcessionOut",
    "DispositionDetailOut",
    "DispositionIn",
    "DispositionOut",
    "DispositionPartsIn",
    "DispositionsOut",
    "ReportDetailOut",
    "ReportIn",
    "ReportOut",
    "ReportPatch",
    "ReportStateOut",
    "stated",
]

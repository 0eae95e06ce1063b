"""Named refusals of stock. Each sentence names the record and ends with the way out."""

from zhiliu.contexts.stock.errors.constraints import CONSTRAINTS
from zhiliu.contexts.stock.errors.gate import (
    LotExpired,
    LotNotUsable,
    LotOnHold,
    LotUrgent,
    NotThereThen,
    NotUsableThen,
    OutsideBounds,
    OwnedByOther,
    PeriodClosed,
    TooEarly,
)
from zhiliu.contexts.stock.errors.goods import (
    AlreadyExists,
    BadQuantity,
    LabelAmbiguous,
    Mismatch,
    NotEncodable,
    NotEnough,
    NotFound,
    NotInState,
    ReasonMissing,
    ReturnOnly,
    SerialsWrong,
    VoucherMissing,
    WrongPlace,
)
from zhiliu.contexts.stock.errors.words import WORDS

__all__ = [
    "CONSTRAINTS",
    "WORDS",
    "AlreadyExists",
    "BadQuantity",
    "LabelAmbiguous",
    "LotExpired",
    "LotNotUsable",
    "LotOnHold",
    "LotUrgent",
    "Mismatch",
    "NotEncodable",
    "NotEnough",
    "NotFound",
    "NotInState",
    "NotThereThen",
    "NotUsableThen",
    "OutsideBounds",
    "OwnedByOther",
    "PeriodClosed",
    "ReasonMissing",
    "ReturnOnly",
    "SerialsWrong",
    "TooEarly",
    "VoucherMissing",
    "WrongPlace",
]

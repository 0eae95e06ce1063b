"""Database constraints whose violation is an expected answer: name -> refusal from its detail."""

import json

from zhiliu.contexts.stock.errors.gate import PeriodClosed
from zhiliu.contexts.stock.errors.goods import AlreadyExists, SerialsWrong
from zhiliu.kernel.refusal import Refusal


def _period_closed(detail: str) -> Refusal:
    return PeriodClosed(**json.loads(detail))


def _key(detail: str) -> list[str]:
    """The values in PostgreSQL's `Key (a, b)=(1, 2) already exists.`"""
    return detail.partition(")=(")[2].rpartition(")")[0].split(", ")


def _serial_taken(detail: str) -> Refusal:
    return SerialsWrong(
        lot="-",
        problem="a serial of this material and maker has this number already",
        problem_zh="该物料和制造商已有此序列号",
        serials=_key(detail)[-1],
    )


def _place_taken(detail: str) -> Refusal:
    return AlreadyExists(what="place", given=_key(detail)[-1])


CONSTRAINTS = {
    "stock_period_closed": _period_closed,
    "stock_serial_once": _serial_taken,
    "stock_place_code": _place_taken,
}

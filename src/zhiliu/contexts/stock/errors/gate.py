"""Refusals of the gate: what may not be used so, now or then."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from zhiliu.contexts.stock.errors.words import WORDS
from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class LotNotUsable(Refusal):
    """The lot's status does not permit the use."""

    lot: str
    lot_status: str
    use: str
    alternative: str = "-"

    code = "stock.lot_not_usable"
    words = WORDS
    en = "Lot {lot} is {lot_status}, which does not permit to {use} it."
    zh = "批次 {lot} 的状态为{lot_status:zh}，不允许{use:zh}。"
    remedy_en = "Free stock of the same material: {alternative}. Or ask quality for a decision."
    remedy_zh = "同物料可用库存：{alternative}。或请质量部门作出判定。"


@dataclass(eq=False)
class LotOnHold(Refusal):
    """One or more holds of the lot are open."""

    lot: str
    holds: str
    alternative: str = "-"

    code = "stock.lot_on_hold"
    en = "Lot {lot} is on hold ({holds})."
    zh = "批次 {lot} 已冻结（{holds}）。"
    remedy_en = (
        "Free stock of the same material: {alternative}. Or ask who is responsible to lift it."
    )
    remedy_zh = "同物料可用库存：{alternative}。或请责任人解除冻结。"


@dataclass(eq=False)
class LotExpired(Refusal):
    """The lot's expiry has passed."""

    lot: str
    expires_at: datetime
    alternative: str = "-"

    code = "stock.lot_expired"
    en = "Lot {lot} expired at {expires_at}."
    zh = "批次 {lot} 已于 {expires_at} 过期。"
    remedy_en = "Free stock of the same material: {alternative}. Or have the lot retested."
    remedy_zh = "同物料可用库存：{alternative}。或安排复检。"


@dataclass(eq=False)
class LotUrgent(Refusal):
    """Goods under urgent release, or made of such, cannot ship before the inspection ends."""

    lot: str

    code = "stock.lot_urgent"
    en = "Lot {lot} carries an urgent release whose inspection has not ended, so it cannot ship."
    zh = "批次 {lot} 带有紧急放行标记，检验尚未结束，不能发货。"
    remedy_en = "Have the inspection finished, or ship another lot."
    remedy_zh = "请完成检验，或改发其他批次。"


@dataclass(eq=False)
class OutsideBounds(Refusal):
    """A restricted lot may not be used for this quantity, time, order or customer."""

    lot: str
    bound: str
    wanted: str
    allowed: str
    allowed_zh: str = ""

    code = "stock.outside_bounds"
    words = WORDS
    en = "Lot {lot} is restricted: its bound on {bound} allows {allowed}, not {wanted}."
    zh = "批次 {lot} 为限制使用：{bound:zh}限制为 {allowed_zh}，不能用于 {wanted}。"
    remedy_en = "Stay within the bound, use another lot, or ask quality for a wider one."
    remedy_zh = "请在限制范围内使用、改用其他批次，或请质量部门放宽限制。"

    def __post_init__(self) -> None:
        self.allowed_zh = self.allowed_zh or self.allowed


@dataclass(eq=False)
class OwnedByOther(Refusal):
    """The goods belong to somebody whose order this is not."""

    lot: str
    owner: str

    code = "stock.owned_by_other"
    en = "Lot {lot} belongs to {owner} and may be used only for orders of that owner."
    zh = "批次 {lot} 归 {owner} 所有，只能用于该货主的订单。"
    remedy_en = "Use our own stock, or draw consigned goods first (change of owner)."
    remedy_zh = "请使用自有库存，或先办理寄售物料领用（变更货主）。"


@dataclass(eq=False)
class PeriodClosed(Refusal):
    """The business time lies in a closed period."""

    period: str
    occurred_at: str

    code = "stock.period_closed"
    en = "The period {period} is closed; nothing can be posted at {occurred_at}."
    zh = "期间 {period} 已关闭，不能在 {occurred_at} 过账。"
    remedy_en = "Post it with a time in an open period."
    remedy_zh = "请使用未关闭期间内的时间过账。"


@dataclass(eq=False)
class NotUsableThen(Refusal):
    """A late posting may use only what was usable both then and now."""

    lot: str
    occurred_at: datetime
    then: str

    code = "stock.not_usable_then"
    en = "At {occurred_at} lot {lot} was not usable for this ({then})."
    zh = "在 {occurred_at}，批次 {lot} 不可用于此用途（{then}）。"
    remedy_en = "Give the time at which it really happened, after the release."
    remedy_zh = "请填写实际发生的时间（放行之后）。"


@dataclass(eq=False)
class NotThereThen(Refusal):
    """A late posting may take only what lay there from then until now."""

    lot: str
    place: str
    occurred_at: datetime
    lowest: Decimal

    code = "stock.not_there_then"
    en = "Since {occurred_at} place {place} held at least only {lowest} of lot {lot}."
    zh = "自 {occurred_at} 起，库位 {place} 中批次 {lot} 的最低数量仅为 {lowest}。"
    remedy_en = "Give the right time, place or quantity."
    remedy_zh = "请填写正确的时间、库位或数量。"


@dataclass(eq=False)
class TooEarly(Refusal):
    """The business time lies before the last change of the record that the act builds on."""

    what: str
    number: str
    occurred_at: datetime
    since: datetime

    code = "stock.too_early"
    words = WORDS
    en = "{what} {number} is as it is only since {since}, and {occurred_at} lies before that."
    zh = "{what:zh} {number} 自 {since} 起才是当前状态，而 {occurred_at} 早于该时间。"
    remedy_en = "Leave occurred_at out, or give a time after that."
    remedy_zh = "请省略 occurred_at，或填写该时间之后的时间。"

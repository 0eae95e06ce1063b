"""Named refusals of stock. Each sentence names the record and ends with the way out."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from zhiliu.kernel.refusal import Refusal

WORDS = {
    "company": "公司",
    "site": "工厂",
    "place": "库位",
    "outside place": "外部库位",
    "material": "物料",
    "lot": "批次",
    "hold": "冻结",
    "reservation": "预留",
    "period": "期间",
    "owner": "货主",
    "user": "用户",
    "awaiting_inspection": "待检",
    "released": "合格放行",
    "restricted": "限制使用",
    "blocked": "不可用",
    "not received": "未收货",
    "open": "未结束",
    "closed": "已关闭",
    "lifted": "已解除",
    "consumed": "已用完",
    "cancelled": "已取消",
    "broken": "已失效",
    "sample": "取样",
    "move": "移库",
    "dispose": "处置",
    "issue": "发料",
    "ship": "发货",
    "restrict": "限制使用",
    "lift": "解除",
    "cancel": "取消",
    "close": "关闭",
    "quantity": "数量",
    "until": "截止时间",
    "order": "订单",
    "customer": "客户",
    "place a hold": "冻结",
    "lift a hold": "解除冻结",
    "restrict a lot": "限制使用批次",
    "adjust a count": "盘点调整",
    "book found goods": "登记盘盈物料",
    "book opening stock": "登记期初库存",
    "change an expiry": "变更有效期",
    "regrade goods": "降级",
    "an internal place": "需要内部库位",
    "an internal kind; outside places come with the site": "需要内部类型；外部库位随工厂自动建立",
    "a parent of the same site": "上级库位须属于同一工厂",
    "a parent that is not inside it": "上级库位不能在其内部",
    "a place at the site of all parts": "需要与各部分同一工厂的库位",
    "a place of the lot's company": "需要批次所属公司的库位",
    "a container": "需要容器",
    "a laboratory": "需要实验室",
    "a retention place": "需要留样库位",
    "another place of the same company": "需要同一公司的另一个库位",
}


@dataclass(eq=False)
class NotFound(Refusal):
    """No such record, or none that the caller may see."""

    what: str
    given: str
    what_zh: str = field(init=False)

    code = "stock.not_found"
    status = 404
    en = "There is no {what} {given}."
    zh = "找不到{what_zh} {given}。"
    remedy_en = "Check the number, scan the label again, or search for it in the list."
    remedy_zh = "请核对编号、重新扫描标签，或在列表中查找。"

    def __post_init__(self) -> None:
        self.what_zh = WORDS[self.what]


@dataclass(eq=False)
class AlreadyExists(Refusal):
    """The code, number or period is taken."""

    what: str
    given: str
    what_zh: str = field(init=False)

    code = "stock.already_exists"
    en = "{what} {given} exists already."
    zh = "{what_zh} {given} 已存在。"
    remedy_en = "Use another one."
    remedy_zh = "请使用其他编号。"

    def __post_init__(self) -> None:
        self.what_zh = WORDS[self.what]


@dataclass(eq=False)
class BadQuantity(Refusal):
    """The quantity is not positive or finer than its unit allows."""

    given: str
    unit: str
    decimals: int

    code = "stock.bad_quantity"
    en = "{given} is no quantity in {unit}: it must be above 0 with at most {decimals} decimals."
    zh = "{given} 不是有效的 {unit} 数量：必须大于 0，且最多 {decimals} 位小数。"
    remedy_en = "Correct the quantity."
    remedy_zh = "请更正数量。"


@dataclass(eq=False)
class LotNotUsable(Refusal):
    """The lot's status does not permit the use."""

    lot: str
    lot_status: str
    use: str
    alternative: str = "-"
    lot_status_zh: str = field(init=False)
    use_zh: str = field(init=False)

    code = "stock.lot_not_usable"
    en = "Lot {lot} is {lot_status}, which does not permit to {use} it."
    zh = "批次 {lot} 的状态为{lot_status_zh}，不允许{use_zh}。"
    remedy_en = "Free stock of the same material: {alternative}. Or ask quality for a decision."
    remedy_zh = "同物料可用库存：{alternative}。或请质量部门作出判定。"

    def __post_init__(self) -> None:
        self.lot_status_zh, self.use_zh = WORDS[self.lot_status], WORDS[self.use]


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
    bound_zh: str = field(init=False)

    code = "stock.outside_bounds"
    en = "Lot {lot} is restricted: its bound on {bound} allows {allowed}, not {wanted}."
    zh = "批次 {lot} 为限制使用：{bound_zh}限制为 {allowed_zh}，不能用于 {wanted}。"
    remedy_en = "Stay within the bound, use another lot, or ask quality for a wider one."
    remedy_zh = "请在限制范围内使用、改用其他批次，或请质量部门放宽限制。"

    def __post_init__(self) -> None:
        self.bound_zh = WORDS[self.bound]
        self.allowed_zh = self.allowed_zh or self.allowed


@dataclass(eq=False)
class NotEnough(Refusal):
    """The place does not hold so much free stock of the lot."""

    lot: str
    place: str
    wanted: Decimal
    free: Decimal
    reserved: Decimal

    code = "stock.not_enough"
    en = "{place} has {free} free of lot {lot} ({reserved} more reserved for others), not {wanted}."
    zh = "库位 {place} 中批次 {lot} 可用 {free}（另有 {reserved} 已为他人预留），不足 {wanted}。"
    remedy_en = "Take less, another place or lot, or count the place."
    remedy_zh = "请减少数量、改用其他库位或批次，或盘点该库位。"


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
class VoucherMissing(Refusal):
    """Scrap and return need the not accepted verdict or a signed reason."""

    lot: str

    code = "stock.voucher_missing"
    en = "Lot {lot} has no verdict that lets it leave so."
    zh = "批次 {lot} 没有允许此处置的判定。"
    remedy_en = "State the reason (it is signed with your name), or wait for the verdict."
    remedy_zh = "请填写原因（将以您的名义签署），或等待判定。"


@dataclass(eq=False)
class ReturnOnly(Refusal):
    """Goods that wait for inspection may be returned, not scrapped."""

    lot: str

    code = "stock.return_only"
    en = "Lot {lot} waits for inspection: it can be returned to the supplier, not scrapped."
    zh = "批次 {lot} 待检：只能退供，不能报废。"
    remedy_en = "Return it, or have it inspected first."
    remedy_zh = "请退供，或先完成检验。"


@dataclass(eq=False)
class SerialsWrong(Refusal):
    """The serials named do not fit the quantity, lot, place or lot control."""

    lot: str
    problem: str
    problem_zh: str
    serials: str

    code = "stock.serials_wrong"
    en = "The serials do not fit lot {lot}: {problem} ({serials})."
    zh = "序列号与批次 {lot} 不符：{problem_zh}（{serials}）。"
    remedy_en = "Scan the serials again; name exactly the pieces that you handle."
    remedy_zh = "请重新扫描序列号，准确列出所处理的每一件。"


@dataclass(eq=False)
class NotInState(Refusal):
    """The record's state does not permit the verb."""

    what: str
    number: str
    state: str
    verb: str
    what_zh: str = field(init=False)
    state_zh: str = field(init=False)
    verb_zh: str = field(init=False)

    code = "stock.not_in_state"
    en = "{what} {number} is {state}; {verb} is not possible."
    zh = "{what_zh} {number} 的状态为{state_zh}，不能{verb_zh}。"
    remedy_en = "Read the record again; somebody may have acted already."
    remedy_zh = "请重新读取记录，可能已有人处理。"

    def __post_init__(self) -> None:
        self.what_zh, self.state_zh = WORDS[self.what], WORDS[self.state]
        self.verb_zh = WORDS[self.verb]


@dataclass(eq=False)
class TooEarly(Refusal):
    """The business time lies before the last change of the record that the act builds on."""

    what: str
    number: str
    occurred_at: datetime
    since: datetime
    what_zh: str = field(init=False)

    code = "stock.too_early"
    en = "{what} {number} is as it is only since {since}, and {occurred_at} lies before that."
    zh = "{what_zh} {number} 自 {since} 起才是当前状态，而 {occurred_at} 早于该时间。"
    remedy_en = "Leave occurred_at out, or give a time after that."
    remedy_zh = "请省略 occurred_at，或填写该时间之后的时间。"

    def __post_init__(self) -> None:
        self.what_zh = WORDS[self.what]


@dataclass(eq=False)
class WrongPlace(Refusal):
    """The place is of the wrong kind for this act, or the same as the other one."""

    place: str
    needed: str
    needed_zh: str = field(init=False)

    code = "stock.wrong_place"
    en = "Place {place} does not fit: {needed}."
    zh = "库位 {place} 不适用：{needed_zh}。"
    remedy_en = "Choose a fitting place of the same company."
    remedy_zh = "请选择同一公司内合适的库位。"

    def __post_init__(self) -> None:
        self.needed_zh = WORDS[self.needed]


@dataclass(eq=False)
class Mismatch(Refusal):
    """Lots cannot be combined, or a return exceeds what was drawn."""

    problem: str
    problem_zh: str

    code = "stock.mismatch"
    en = "This does not fit together: {problem}."
    zh = "无法执行：{problem_zh}。"
    remedy_en = "Correct the lots or quantities named."
    remedy_zh = "请更正所列批次或数量。"


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """The act needs a reason."""

    act: str
    act_zh: str = field(init=False)

    code = "stock.reason_missing"
    en = "To {act} a reason is needed; it is recorded with your name."
    zh = "{act_zh}必须填写原因，并以您的名义记录。"
    remedy_en = "State the reason."
    remedy_zh = "请填写原因。"

    def __post_init__(self) -> None:
        self.act_zh = WORDS[self.act]


@dataclass(eq=False)
class LabelAmbiguous(Refusal):
    """The scanned label's lot was split and several parts stand here."""

    scanned: str
    candidates: str

    code = "stock.label_ambiguous"
    en = "Lot {scanned} was split; here stand {candidates}."
    zh = "批次 {scanned} 已拆分；此处有 {candidates}。"
    remedy_en = "Choose the part that you hold and put a new label on it."
    remedy_zh = "请选择手中的那一部分，并更换新标签。"


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


# Database constraints whose violation is an expected answer: name -> refusal from its detail.
CONSTRAINTS = {
    "stock_period_closed": _period_closed,
    "stock_serial_once": _serial_taken,
    "stock_place_code": _place_taken,
}

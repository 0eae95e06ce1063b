"""Named refusals of stock. Each sentence names the record and ends with the way out."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class NotFound(Refusal):
    """No such record, or none that the caller may see."""

    what: str
    given: str

    code = "stock.not_found"
    status = 404
    en = "There is no {what} {given}."
    zh = "找不到{what} {given}。"
    remedy_en = "Check the number, scan the label again, or search for it in the list."
    remedy_zh = "请核对编号、重新扫描标签，或在列表中查找。"


@dataclass(eq=False)
class AlreadyExists(Refusal):
    """The code, number or period is taken."""

    what: str
    given: str

    code = "stock.already_exists"
    en = "{what} {given} exists already."
    zh = "{what} {given} 已存在。"
    remedy_en = "Use another one."
    remedy_zh = "请使用其他编号。"


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

    code = "stock.lot_not_usable"
    en = "Lot {lot} is {lot_status}, which does not permit to {use} it."
    zh = "批次 {lot} 的状态为 {lot_status}，不允许执行 {use}。"
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

    code = "stock.outside_bounds"
    en = "Lot {lot} is restricted: its bound on {bound} allows {allowed}, not {wanted}."
    zh = "批次 {lot} 为限制使用：{bound} 的限制为 {allowed}，不能用于 {wanted}。"
    remedy_en = "Stay within the bound, use another lot, or ask quality for a wider one."
    remedy_zh = "请在限制范围内使用、改用其他批次，或请质量部门放宽限制。"


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
    serials: str

    code = "stock.serials_wrong"
    en = "The serials do not fit lot {lot}: {problem} ({serials})."
    zh = "序列号与批次 {lot} 不符：{problem}（{serials}）。"
    remedy_en = "Scan the serials again; name exactly the pieces that you handle."
    remedy_zh = "请重新扫描序列号，准确列出所处理的每一件。"


@dataclass(eq=False)
class NotInState(Refusal):
    """The record's state does not permit the verb."""

    what: str
    number: str
    state: str
    verb: str

    code = "stock.not_in_state"
    en = "{what} {number} is {state}; {verb} is not possible."
    zh = "{what} {number} 的状态为 {state}，不能执行 {verb}。"
    remedy_en = "Read the record again; somebody may have acted already."
    remedy_zh = "请重新读取记录，可能已有人处理。"


@dataclass(eq=False)
class WrongPlace(Refusal):
    """The place is of the wrong kind for this act, or the same as the other one."""

    place: str
    needed: str

    code = "stock.wrong_place"
    en = "Place {place} does not fit: {needed}."
    zh = "库位 {place} 不适用：{needed}。"
    remedy_en = "Choose a fitting place of the same company."
    remedy_zh = "请选择同一公司内合适的库位。"


@dataclass(eq=False)
class Mismatch(Refusal):
    """Lots cannot be combined, or a return exceeds what was drawn."""

    problem: str

    code = "stock.mismatch"
    en = "This does not fit together: {problem}."
    zh = "无法执行：{problem}。"
    remedy_en = "Correct the lots or quantities named."
    remedy_zh = "请更正所列批次或数量。"


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """The act needs a reason."""

    act: str

    code = "stock.reason_missing"
    en = "To {act} a reason is needed; it is recorded with your name."
    zh = "执行 {act} 必须填写原因，并以您的名义记录。"
    remedy_en = "State the reason."
    remedy_zh = "请填写原因。"


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


def _serial_taken(detail: str) -> Refusal:
    return SerialsWrong(lot="-", problem="a serial of this material exists", serials=detail)


# Database constraints whose violation is an expected answer: name -> refusal from its detail.
CONSTRAINTS = {
    "stock_period_closed": _period_closed,
    "stock_serial_once": _serial_taken,
}

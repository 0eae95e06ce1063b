"""Named refusals of purchasing."""

from dataclasses import dataclass
from decimal import Decimal

from zhiliu.kernel.refusal import NoSuchRecord, Refusal

WORDS = {
    "order": "采购订单",
    "order line": "采购订单行",
    "supplier terms": "供货条款",
    "supplier": "供应商",
    "material": "物料",
    "material revision": "物料版本",
    "draft": "草稿",
    "confirmed": "已确认",
    "closed": "已关闭",
    "cancelled": "已取消",
    "confirm": "确认",
    "cancel": "取消",
    "close": "关闭",
}


class NotFound(NoSuchRecord):
    """No such record, or none that the caller may see."""

    code = "purchasing.not_found"
    words = WORDS


@dataclass(eq=False)
class NotInUse(Refusal):
    """The supplier or material was taken out of use."""

    what: str
    number: str

    code = "purchasing.not_in_use"
    words = WORDS
    en = "The {what} {number} is no longer in use."
    zh = "{what:zh} {number} 已停用。"
    remedy_en = "Choose another one, or have it put back into use first."
    remedy_zh = "请另选，或先恢复使用。"


@dataclass(eq=False)
class OrderBlocked(Refusal):
    """A supply block stops ordering this material from this supplier."""

    supplier: str
    material: str
    reason: str

    code = "purchasing.order_blocked"
    en = "Material {material} may not be ordered from supplier {supplier}: {reason}."
    zh = "不允许向供应商 {supplier} 订购物料 {material}：{reason}。"
    remedy_en = "Order from another supplier, or ask supplier quality to lift the supply block."
    remedy_zh = "请改向其他供应商订购，或请供应商质量部门解除供应限制。"


@dataclass(eq=False)
class BadQuantity(Refusal):
    """An order line asks for more than nothing."""

    material: str
    quantity: Decimal

    code = "purchasing.bad_quantity"
    en = "The line of material {material} asks for {quantity}: that is not above 0."
    zh = "物料 {material} 行的数量为 {quantity}，应大于 0。"
    remedy_en = "Correct the quantity or leave the line out."
    remedy_zh = "请更正数量，或删除该行。"


@dataclass(eq=False)
class BadPrice(Refusal):
    """A price is not negative and has at most 6 decimals."""

    material: str
    price: Decimal

    code = "purchasing.bad_price"
    en = "{price} is no price for material {material}: 0 or more, at most 6 decimals."
    zh = "{price} 不是物料 {material} 的有效单价：应不小于 0，且最多 6 位小数。"
    remedy_en = "Correct the price."
    remedy_zh = "请更正单价。"


@dataclass(eq=False)
class PriceMissing(Refusal):
    """Nobody stated a price, and no terms with the supplier say one in this unit and currency."""

    material: str
    unit: str
    currency: str

    code = "purchasing.price_missing"
    en = "There is no price for material {material} per {unit} in {currency}."
    zh = "物料 {material} 没有按 {unit} 计、以 {currency} 计价的单价。"
    remedy_en = "State the price in the line, or set the supplier's terms first."
    remedy_zh = "请在订单行填写单价，或先维护供货条款。"


@dataclass(eq=False)
class OutsideOrderQuantity(Refusal):
    """The supplier's terms name another smallest or largest order quantity."""

    material: str
    quantity: Decimal
    lowest: str
    highest: str
    unit: str

    code = "purchasing.outside_order_quantity"
    en = (
        "{quantity} {unit} of {material} is outside the supplier's order quantities: "
        "{lowest} to {highest} {unit}."
    )
    zh = "{material} 的订购数量 {quantity} {unit} 超出供货条款：{lowest} 至 {highest} {unit}。"
    remedy_en = "Change the quantity, or state a reason why the supplier delivers it all the same."
    remedy_zh = "请调整数量；如供应商同意，请填写原因。"


@dataclass(eq=False)
class BadOrderRange(Refusal):
    """The smallest order quantity is not above the largest, and neither is below 0."""

    lowest: str
    highest: str

    code = "purchasing.bad_order_range"
    en = "Order quantities from {lowest} to {highest} are no range of quantities above 0."
    zh = "订购数量 {lowest} 至 {highest} 不是有效的正数区间。"
    remedy_en = "Correct the smallest or largest order quantity, or leave it out."
    remedy_zh = "请更正最小或最大订购量，或不填。"


@dataclass(eq=False)
class WrongRevision(Refusal):
    """The revision is none of the line's material."""

    material: str
    revision: str

    code = "purchasing.wrong_revision"
    en = "Revision {revision} is none of material {material}."
    zh = "版本 {revision} 不属于物料 {material}。"
    remedy_en = "Choose a revision of this material, or leave it out."
    remedy_zh = "请选择该物料的版本，或不填。"


@dataclass(eq=False)
class NotInState(Refusal):
    """The order's state does not permit the verb."""

    order: str
    state: str
    verb: str

    code = "purchasing.not_in_state"
    words = WORDS
    en = "Order {order} is {state}; it is too late or too early to {verb} it."
    zh = "采购订单 {order} 的状态为{state:zh}，不能{verb:zh}。"
    remedy_en = "Reload the order: its allowed actions say what can be done now."
    remedy_zh = "请刷新订单，查看当前可执行的操作。"


@dataclass(eq=False)
class AlreadyReceived(Refusal):
    """Goods came for the order, so it cannot be cancelled."""

    order: str

    code = "purchasing.already_received"
    en = "Goods were received for order {order}; it cannot be cancelled."
    zh = "采购订单 {order} 已有收货，不能取消。"
    remedy_en = "Close the order short, with a reason."
    remedy_zh = "请填写原因后短交关闭订单。"


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """Closing short and cancelling need a stated reason."""

    order: str
    verb: str

    code = "purchasing.reason_missing"
    words = WORDS
    en = "Something of order {order} is still open; to {verb} it needs a reason."
    zh = "采购订单 {order} 尚有未交数量，{verb:zh}须填写原因。"
    remedy_en = "State the reason."
    remedy_zh = "请填写原因。"


@dataclass(eq=False)
class TooEarly(Refusal):
    """A stated time lies before what it follows."""

    order: str
    earlier: str

    code = "purchasing.too_early"
    en = "Order {order} was confirmed at {earlier}; nothing can have ended it before."
    zh = "采购订单 {order} 于 {earlier} 确认，不能在此之前结束。"
    remedy_en = "Leave occurred_at out, or give a later time."
    remedy_zh = "请省略 occurred_at，或填写更晚的时间。"

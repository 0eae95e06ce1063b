"""Named refusals of partners."""

from dataclasses import dataclass

from zhiliu.kernel.refusal import NoSuchRecord, Refusal

WORDS = {
    "partner": "合作方",
    "supplier": "供应商",
    "supply block": "供应限制",
}
FUNCTIONS = {"order": "订货", "receipt": "收货"}


class NotFound(NoSuchRecord):
    """No such record, or none that the caller may see."""

    code = "partners.not_found"
    words = WORDS


@dataclass(eq=False)
class AlreadyExists(Refusal):
    """The partner's number is taken."""

    number: str

    code = "partners.already_exists"
    en = "A partner {number} exists already."
    zh = "合作方 {number} 已存在。"
    remedy_en = "Use the existing partner, or choose another number."
    remedy_zh = "请使用已有合作方，或换一个编号。"


@dataclass(eq=False)
class RoleMissing(Refusal):
    """A partner is at least a supplier, a customer or a carrier."""

    number: str

    code = "partners.role_missing"
    en = "Partner {number} is neither supplier, customer nor carrier."
    zh = "合作方 {number} 既不是供应商，也不是客户或承运商。"
    remedy_en = "Name at least one role; a partner no longer used is made inactive."
    remedy_zh = "请至少选择一个角色；不再使用的合作方请停用。"


@dataclass(eq=False)
class OwnPartnerFixed(Refusal):
    """The partner that stands for a company of ours never changes."""

    number: str

    code = "partners.own_partner_fixed"
    en = "Partner {number} stands for our own company as owner of goods; it does not change."
    zh = "合作方 {number} 代表本公司（货主），不可修改。"
    remedy_en = "Add another partner if the company also buys from or sells to itself."
    remedy_zh = "如本公司之间也有买卖，请另建合作方。"


@dataclass(eq=False)
class NotASupplier(Refusal):
    """Only a supplier can be blocked for supply."""

    number: str

    code = "partners.not_a_supplier"
    en = "Partner {number} is no supplier."
    zh = "合作方 {number} 不是供应商。"
    remedy_en = "Choose a supplier, or give this partner the role first."
    remedy_zh = "请选择供应商，或先为该合作方添加供应商角色。"


@dataclass(eq=False)
class AlreadyBlocked(Refusal):
    """The same supply block is open already."""

    supplier: str
    blocked_function: str
    reason: str

    code = "partners.already_blocked"
    words = FUNCTIONS
    en = "Supplier {supplier} is blocked for {blocked_function} there already: {reason}."
    zh = "供应商 {supplier} 的{blocked_function:zh}已被限制：{reason}。"
    remedy_en = "Nothing needs to be done; lift the open block first to state another reason."
    remedy_zh = "无需重复操作；如需更换原因，请先解除现有限制。"


@dataclass(eq=False)
class NotOpen(Refusal):
    """The supply block was lifted before."""

    supplier: str

    code = "partners.supply_block_not_open"
    en = "This supply block of {supplier} was lifted already."
    zh = "供应商 {supplier} 的该供应限制已解除。"
    remedy_en = "Nothing needs to be done."
    remedy_zh = "无需操作。"


@dataclass(eq=False)
class LiftedBeforePlaced(Refusal):
    """The stated time of lifting lies before the block."""

    placed_at: str

    code = "partners.lifted_before_placed"
    en = "The supply block was placed at {placed_at}; it cannot be lifted before that."
    zh = "该供应限制于 {placed_at} 设置，不能在此之前解除。"
    remedy_en = "Leave occurred_at out, or give a later time."
    remedy_zh = "请省略 occurred_at，或填写更晚的时间。"


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """A supply block is placed and lifted for a stated reason."""

    code = "partners.reason_missing"
    en = "A supply block is placed and lifted for a stated reason; none was given."
    zh = "设置或解除供应限制必须填写原因。"
    remedy_en = "State the reason."
    remedy_zh = "请填写原因。"

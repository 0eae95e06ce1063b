"""Named refusals of the catalogue."""

from collections.abc import Sequence
from dataclasses import InitVar, dataclass, field
from decimal import Decimal

from zhiliu.kernel.refusal import NoSuchRecord, Problem, RecordExists, Refusal, joined

WORDS = {
    "company": "公司",
    "site": "工厂",
    "unit": "单位",
    "unit conversion": "单位换算",
    "control profile": "控制策略",
    "material": "物料",
    "material revision": "物料版本",
    "bill line": "物料清单行",
    "decimals": "小数位数",
    "over tolerance": "超收容差",
    "short tolerance": "短收容差",
    "shelf life": "保质期",
    "numerator": "分子",
    "denominator": "分母",
    "quantity": "数量",
    "specification": "规格书",
    "draft": "草稿",
    "valid": "有效",
    "ended": "已终止",
    "change": "修改",
    "approve": "批准",
    "end": "终止",
}


class NotFound(NoSuchRecord):
    """No such record, or none that the caller may see."""

    code = "catalog.not_found"
    words = WORDS


class AlreadyExists(RecordExists):
    """The code or number is taken."""

    code = "catalog.already_exists"
    words = WORDS


@dataclass(eq=False)
class SharedByAll(Refusal):
    """The record belongs to no company, and the caller's grant is limited to a part."""

    operation: str

    code = "catalog.shared_by_all"
    status = 403
    en = "{operation} changes data that all companies share; your role is limited to a part."
    zh = "{operation} 会修改所有公司共用的数据，而您的角色仅限部分范围。"
    remedy_en = "Ask somebody who holds the role without limit, or an administrator."
    remedy_zh = "请由拥有不限范围角色的人员或管理员操作。"


@dataclass(eq=False)
class OutOfRange(Refusal):
    """A number lies outside what the field may hold."""

    what: str
    given: Decimal
    lowest: Decimal
    highest: Decimal

    code = "catalog.out_of_range"
    words = WORDS
    en = "The {what} cannot be {given}: it lies between {lowest} and {highest}."
    zh = "{what:zh}不能为 {given}，应在 {lowest} 至 {highest} 之间。"
    remedy_en = "Correct the value and send it again."
    remedy_zh = "请更正后重新提交。"


@dataclass(eq=False)
class BadTimeZone(Refusal):
    """The time zone is no IANA name."""

    time_zone: str

    code = "catalog.bad_time_zone"
    en = "{time_zone} is no time zone of the IANA list."
    zh = "{time_zone} 不是有效的 IANA 时区。"
    remedy_en = "Use a name such as Asia/Shanghai."
    remedy_zh = "请使用如 Asia/Shanghai 的名称。"


@dataclass(eq=False)
class BadGtin(Refusal):
    """Not a GS1 trade item number: the length or the check digit is wrong."""

    gtin: str

    code = "catalog.bad_gtin"
    en = "{gtin} is no GTIN: it needs 8, 12, 13 or 14 digits, the last a check digit that fits."
    zh = "{gtin} 不是有效的 GTIN：应为 8、12、13 或 14 位数字，且末位校验码正确。"
    remedy_en = "Copy it from the trade item's bar code, or leave it out."
    remedy_zh = "请按商品条码录入，或留空。"


@dataclass(eq=False)
class BadCurrency(Refusal):
    """The currency has not the shape of an ISO 4217 code."""

    currency: str

    code = "catalog.bad_currency"
    en = "{currency} is no currency code of ISO 4217: three capital letters."
    zh = "{currency} 不是 ISO 4217 货币代码（三个大写字母）。"
    remedy_en = "Use a code such as CNY or EUR."
    remedy_zh = "请使用如 CNY、EUR 的代码。"


@dataclass(eq=False)
class LotControlFixed(Refusal):
    """Another lot control would contradict the lots and serials that exist."""

    material: str
    lot_control: str
    wanted: str

    code = "catalog.lot_control_fixed"
    en = "Material {material} is controlled by {lot_control}; it cannot become {wanted}."
    zh = "物料 {material} 的批次控制为 {lot_control}，不能改为 {wanted}。"
    remedy_en = "Choose a profile of the same lot control, or add a new material."
    remedy_zh = "请选择批次控制相同的控制策略，或新增物料。"


@dataclass(eq=False)
class ConversionOfSame(Refusal):
    """A conversion needs two units."""

    unit: str

    code = "catalog.conversion_of_same"
    en = "A conversion from {unit} to {unit} says nothing."
    zh = "从 {unit} 到 {unit} 的换算没有意义。"
    remedy_en = "Choose two different units."
    remedy_zh = "请选择两个不同的单位。"


@dataclass(eq=False)
class ConversionUnused(Refusal):
    """A material's conversion leads from or to its stock unit, else nothing would use it."""

    material: str
    stock_unit: str

    code = "catalog.conversion_unused"
    en = "Material {material} is kept in {stock_unit}; this conversion does not lead there."
    zh = "物料 {material} 的库存单位为 {stock_unit}，该换算与之无关。"
    remedy_en = "Convert from or to {stock_unit}."
    remedy_zh = "请填写与 {stock_unit} 之间的换算。"


@dataclass(eq=False)
class NoConversion(Refusal):
    """Nothing says how much of the stock unit the given unit is."""

    material: str
    unit: str
    stock_unit: str

    code = "catalog.no_conversion"
    en = "Nothing says how many {stock_unit} of {material} one {unit} is."
    zh = "未定义物料 {material} 的 {unit} 与 {stock_unit} 之间的换算。"
    remedy_en = "Give the quantity in {stock_unit}, or ask for the unit conversion to be added."
    remedy_zh = "请以 {stock_unit} 填写数量，或申请新增单位换算。"


@dataclass(eq=False)
class DoesNotFit(Refusal):
    """The quantity is finer or larger than its unit keeps."""

    quantity: Decimal
    unit: str
    decimals: int

    code = "catalog.quantity_does_not_fit"
    en = "{quantity} {unit} cannot be kept exactly: {unit} has {decimals} decimals, 12 digits."
    zh = "{quantity} {unit} 无法准确保存：{unit} 保留 {decimals} 位小数，整数最多 12 位。"
    remedy_en = "Correct the quantity, or give it in another unit."
    remedy_zh = "请更正数量，或改用其他单位。"


@dataclass(eq=False)
class RoundsToNothing(Refusal):
    """The quantity is too small to leave anything in the stock unit."""

    quantity: Decimal
    unit: str
    stock_unit: str

    code = "catalog.rounds_to_nothing"
    en = "{quantity} {unit} is less than {stock_unit} can keep."
    zh = "{quantity} {unit} 小于 {stock_unit} 的最小计量。"
    remedy_en = "Give a larger quantity."
    remedy_zh = "请填写更大的数量。"


@dataclass(eq=False)
class BadValidity(Refusal):
    """A validity ends before it begins; the end is exclusive."""

    valid_from: str
    valid_to: str

    code = "catalog.bad_validity"
    en = "A validity from {valid_from} to {valid_to} (exclusive) holds no day."
    zh = "有效期 {valid_from} 至 {valid_to}（不含）不包含任何一天。"
    remedy_en = "Give an end after the beginning, or none."
    remedy_zh = "请填写晚于开始日期的结束日期，或留空。"


@dataclass(eq=False)
class BillOverlap(Refusal):
    """The component is in the bill already on some of these days."""

    assembly: str
    component: str
    valid_from: str

    code = "catalog.bill_overlap"
    en = "{component} is in the bill of {assembly} already, from {valid_from}, on the same days."
    zh = "{component} 自 {valid_from} 起已在 {assembly} 的物料清单中，有效期重叠。"
    remedy_en = "Choose days outside that line's validity."
    remedy_zh = "请选择与该行不重叠的有效期。"


@dataclass(eq=False)
class BillLoop(Refusal):
    """An assembly would contain itself."""

    assembly: str
    component: str

    code = "catalog.bill_loop"
    en = "{component} contains {assembly}, or is it: {assembly} would be a part of itself."
    zh = "{component} 已包含 {assembly} 或即为其本身，{assembly} 将成为自身的组成部分。"
    remedy_en = "Check both numbers; a bill of material has no loops."
    remedy_zh = "请核对两个物料编号；物料清单不允许循环。"


@dataclass(eq=False)
class NotInState(Refusal):
    """The state of the specification does not permit the verb."""

    specification: str
    state: str
    verb: str

    code = "catalog.not_in_state"
    words = WORDS
    en = "Specification {specification} is {state}; one cannot {verb} it now."
    zh = "规格书 {specification} 的状态为{state:zh}，不能{verb:zh}。"
    remedy_en = "What holds never changes: add a new issue and change that."
    remedy_zh = "已生效的内容不可更改：请新建下一版，在其中修改。"


@dataclass(eq=False)
class FilesFixed(Refusal):
    """The drawings of a specification are approved with it."""

    specification: str
    state: str

    code = "catalog.files_fixed"
    words = WORDS
    en = "Specification {specification} is {state}; its drawings and documents are fixed with it."
    zh = "规格书 {specification} 的状态为{state:zh}，其图纸和文件已随之固定。"
    remedy_en = "Add a new issue, attach the right files to that draft, and have it approved."
    remedy_zh = "请新建下一版，在该草稿中上传正确的附件，再提交批准。"


@dataclass(eq=False)
class NotReady(Refusal):
    """What stands in the draft cannot hold yet; every problem is named."""

    specification: str
    found: InitVar[Sequence[Problem]]
    problems: list[dict[str, str]] = field(init=False)
    said: str = field(init=False)
    said_zh: str = field(init=False)

    code = "catalog.specification_not_ready"
    en = "Specification {specification} cannot be approved yet. {said}."
    zh = "规格书 {specification} 暂不能批准。{said_zh}。"
    remedy_en = "Correct the draft, then approve it."
    remedy_zh = "请修改草稿后再批准。"

    def __post_init__(self, found: Sequence[Problem]) -> None:
        self.problems = [{"about": p.about, "check": p.check} for p in found]
        self.said, self.said_zh = joined(found, "en"), joined(found, "zh")


@dataclass(eq=False)
class OwnDraft(Refusal):
    """Who wrote a specification does not approve it: two people look at what will hold."""

    specification: str

    code = "catalog.own_draft"
    status = 403
    en = "You wrote on the draft of specification {specification}, so you cannot approve it."
    zh = "您编写过规格书 {specification} 的草稿，不能由您批准。"
    remedy_en = "Ask a colleague with the right to approve specifications."
    remedy_zh = "请由有规格书批准权限的同事批准。"


@dataclass(eq=False)
class DraftExists(Refusal):
    """A specification has one draft at a time."""

    specification: str

    code = "catalog.draft_exists"
    en = "There is a draft already: {specification}."
    zh = "已有草稿：{specification}。"
    remedy_en = "Change that draft, or approve it first."
    remedy_zh = "请修改该草稿，或先批准它。"


@dataclass(eq=False)
class BadBeginning(Refusal):
    """A specification begins after the issue before it, and nothing begins or ends in the past."""

    specification: str
    given: str
    earliest: str

    code = "catalog.bad_beginning"
    en = "Specification {specification} can begin or end from {earliest} on, not at {given}."
    zh = "规格书 {specification} 最早自 {earliest} 起生效或终止，不能为 {given}。"
    remedy_en = "Choose that time or a later one."
    remedy_zh = "请选择该时间或更晚的时间。"


def _number_taken(detail: str) -> Refusal:
    """From PostgreSQL's `Key (number, issue)=(value, 1) already exists.`"""
    return AlreadyExists("specification", detail.partition("=(")[2].partition(", ")[0])


def _gtin_taken(detail: str) -> Refusal:
    """From PostgreSQL's `Key (gtin)=(value) already exists.`"""
    return AlreadyExists("material", detail.partition("=(")[2].partition(")")[0])


# Database constraints whose violation is an expected answer, when two act at once.
CONSTRAINTS = {
    "catalog_specification_issue_once": _number_taken,
    "catalog_material_gtin": _gtin_taken,
}

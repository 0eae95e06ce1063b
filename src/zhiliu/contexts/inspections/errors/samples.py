"""Refusals of samples, readings and sampling states."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zhiliu.contexts.inspections.errors.words import WORDS
from zhiliu.kernel.refusal import Refusal

SHOWN = 3  # so many cells are named in the sentence; the data names all


@dataclass(eq=False)
class NoPlan(Refusal):
    """Readings and counts of characteristics are for inspections that follow a plan."""

    inspection: str

    code = "inspections.no_plan"
    en = "Inspection {inspection} follows no inspection plan, so it has no characteristics."
    zh = "检验单 {inspection} 没有检验方案，因此没有检验特性。"
    remedy_en = "Record how many units were inspected and how many are nonconforming."
    remedy_zh = "请录入检验数和不合格数。"


@dataclass(eq=False)
class EveryUnitCounted(Refusal):
    """After a count of every unit nothing is read of single ones."""

    inspection: str

    code = "inspections.every_unit_counted"
    en = "Of inspection {inspection} every unit was counted; readings would count units twice."
    zh = "检验单 {inspection} 已对全数计数，再录入检测值会重复计数。"
    remedy_en = "Correct the count, or give the verdict."
    remedy_zh = "请更正该计数，或作出判定。"


@dataclass(eq=False)
class PlanFollowed(Refusal):
    """Under a plan a count of the whole inspection covers every unit."""

    inspection: str
    inspected: Decimal
    open: Decimal

    code = "inspections.plan_followed"
    en = (
        "Inspection {inspection} follows a plan; a count of {inspected} units of {open} says "
        "nothing about its samples."
    )
    zh = "检验单 {inspection} 按检验方案进行；对 {open} 中 {inspected} 件的计数不能代替其样本。"
    remedy_en = "Record readings or count its characteristics, or count every unit."
    remedy_zh = "请录入检测值或按特性计数，或对全数计数。"


@dataclass(eq=False)
class FewerThanRead(Refusal):
    """A count of every unit finds at least what the readings found."""

    inspection: str
    nonconforming: Decimal
    found: Decimal

    code = "inspections.fewer_than_read"
    en = (
        "{nonconforming} nonconforming cannot be: the readings of inspection {inspection} found "
        "{found} already."
    )
    zh = "不合格 {nonconforming} 不可能：检验单 {inspection} 的检测值已发现 {found}。"
    remedy_en = "Count again, or correct the readings with a reason."
    remedy_zh = "请重新清点，或说明原因后更正检测值。"


@dataclass(eq=False)
class NotCountable(Refusal):
    """Only an attribute of the sample that was not read unit by unit can be counted."""

    inspection: str
    characteristic: str

    code = "inspections.not_countable"
    en = (
        "{characteristic} of inspection {inspection} cannot be counted: it is no attribute of its "
        "plan, or was read unit by unit."
    )
    zh = "检验单 {inspection} 的 {characteristic} 不能计数：不是方案中的计数特性，或已逐件录入。"
    remedy_en = "Record readings for it, or choose an attribute of the plan."
    remedy_zh = "请为其录入检测值，或选择方案中的计数特性。"


@dataclass(eq=False)
class _Cells(Refusal):
    """Base of what names cells of a grid; each is a dict with its sentence in both languages."""

    inspection: str
    cells: list[dict[str, Any]]
    count: int = field(init=False)
    first: str = field(init=False)
    first_zh: str = field(init=False)

    def __post_init__(self) -> None:
        self.count = len(self.cells)
        shown = self.cells[:SHOWN]
        self.first = "; ".join(f"{c['characteristic']} #{c['unit_no']}: {c['en']}" for c in shown)
        self.first_zh = "；".join(
            f"{c['characteristic']} 第 {c['unit_no']} 件：{c['zh']}" for c in shown
        )


@dataclass(eq=False)
class ReadingsRefused(_Cells):
    """Cells of the grid that cannot be recorded; none of the grid was."""

    code = "inspections.readings_refused"
    en = "Of the readings for inspection {inspection} {count} cannot be recorded: {first}."
    zh = "检验单 {inspection} 有 {count} 个检测值无法录入：{first_zh}。"
    remedy_en = "Correct these cells and send the grid again; nothing of it was recorded."
    remedy_zh = "请更正这些单元格后重新提交；本次均未录入。"


@dataclass(eq=False)
class ReadingsSuspicious(_Cells):
    """Values far outside the tolerance, most often typing errors; asked about once."""

    code = "inspections.readings_suspicious"
    en = "{count} readings for inspection {inspection} look like typing errors: {first}."
    zh = "检验单 {inspection} 有 {count} 个检测值疑似录入错误：{first_zh}。"
    remedy_en = "Look at these cells; if they are right, send the grid again with confirm."
    remedy_zh = "请核对这些单元格；如无误，请带 confirm 重新提交。"


@dataclass(eq=False)
class SampleIncomplete(Refusal):
    """Readings of the sample are still missing; `samples` names them by class."""

    inspection: str
    samples: str
    samples_zh: str

    code = "inspections.sample_incomplete"
    en = "Readings of inspection {inspection} are still missing: {samples}."
    zh = "检验单 {inspection} 尚缺检测值：{samples_zh}。"
    remedy_en = "Finish reading; if Re is reached meanwhile, do not accept the goods."
    remedy_zh = "请完成检测；若其间达到 Re，请判定不接收。"


@dataclass(eq=False)
class RejectionReached(Refusal):
    """A sample has reached its rejection number; `samples` names them by class."""

    inspection: str
    samples: str
    samples_zh: str

    code = "inspections.rejection_reached"
    en = "Inspection {inspection} cannot be accepted: {samples}."
    zh = "检验单 {inspection} 不能判定接收：{samples_zh}。"
    remedy_en = "Do not accept it, or count every unit and judge unit by unit."
    remedy_zh = "请判定不接收，或全数检验后逐件判定。"


@dataclass(eq=False)
class NotDiscontinued(Refusal):
    """Only what was discontinued is resumed."""

    material: str
    supplier: str
    severity_class: str
    state: str

    code = "inspections.not_discontinued"
    words = WORDS
    en = (
        "Inspection of {material} from {supplier} is not discontinued for {severity_class} "
        "nonconformities: it is {state}."
    )
    zh = "{supplier} 的 {material}（{severity_class:zh}不合格）未停检：当前为{state:zh}。"
    remedy_en = "There is nothing to resume; see the history of the sampling state."
    remedy_zh = "无需恢复，请查看抽样状态的历史。"


@dataclass(eq=False)
class SampleQuantityMissing(Refusal):
    """Nothing says how much goes to the laboratory, is destroyed or kept."""

    inspection: str

    code = "inspections.sample_quantity_missing"
    en = "How much of inspection {inspection} goes to the laboratory follows from no plan."
    zh = "检验单 {inspection} 没有方案可确定送检数量。"
    remedy_en = "State the quantity."
    remedy_zh = "请填写数量。"


@dataclass(eq=False)
class SampleTaken(Refusal):
    """The plan's sample is in the laboratory, or was; more of it takes a quantity and a reason."""

    inspection: str
    needed: Decimal
    taken: Decimal

    code = "inspections.sample_taken"
    en = (
        "The plan of inspection {inspection} looks at {needed} units, and {taken} were taken to "
        "the laboratory already."
    )
    zh = "检验单 {inspection} 的方案需检 {needed} 件，已送检 {taken} 件。"
    remedy_en = "Take what is still missing; an additional sample takes its quantity and a reason."
    remedy_zh = "请只取尚缺的数量；如需追加样本，请填写数量和原因。"


@dataclass(eq=False)
class SampleTooSmall(Refusal):
    """What is destroyed and kept comes out of the sample."""

    inspection: str
    quantity: Decimal
    destroyed: Decimal
    retained: Decimal

    code = "inspections.sample_too_small"
    en = (
        "Of a sample of {quantity} for inspection {inspection}, {destroyed} cannot be destroyed "
        "and {retained} kept."
    )
    zh = "检验单 {inspection} 的样本 {quantity}，不足以消耗 {destroyed} 并留样 {retained}。"
    remedy_en = "Take a larger sample, or destroy and keep less."
    remedy_zh = "请增大样本，或减少消耗和留样数量。"

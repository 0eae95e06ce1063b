"""Refusals of opening, results and verdicts."""

from dataclasses import dataclass
from decimal import Decimal

from zhiliu.contexts.inspections.errors.words import WORDS
from zhiliu.kernel.refusal import NoSuchRecord, RecordExists, Refusal


class NotFound(NoSuchRecord):
    """No such record, or none that the caller may see."""

    code = "inspections.not_found"
    words = WORDS


class AlreadyExists(RecordExists):
    """The code or number is taken."""

    code = "inspections.already_exists"
    words = WORDS


@dataclass(eq=False)
class ClassNotOfDefect(Refusal):
    """Only a defect has a severity class; causes and positions have none."""

    given: str

    code = "inspections.class_not_of_defect"
    en = "{given} names a cause or a position, and only a defect has a severity class."
    zh = "{given} 是原因或部位代码，只有缺陷代码才有严重度分类。"
    remedy_en = "Leave the severity class out, or add the code to the catalogue of defects."
    remedy_zh = "请留空严重度分类，或将该代码加入缺陷目录。"


@dataclass(eq=False)
class AlreadyDecided(Refusal):
    """The inspection has ended; a verdict is given once."""

    inspection: str
    state: str

    code = "inspections.already_decided"
    words = WORDS
    en = "Inspection {inspection} has ended: it is {state}."
    zh = "检验单 {inspection} 已结束：{state:zh}。"
    remedy_en = "To look at the goods again, open a re-inspection of their lots."
    remedy_zh = "如需再次检验，请对其批次开立复检。"


@dataclass(eq=False)
class ResultMissing(Refusal):
    """A verdict needs a recorded result."""

    inspection: str

    code = "inspections.result_missing"
    en = "Inspection {inspection} has no result yet, so there is nothing to decide on."
    zh = "检验单 {inspection} 尚无检验结果，无法判定。"
    remedy_en = "Record how many units were inspected and how many are nonconforming, then decide."
    remedy_zh = "请先录入检验数和不合格数，再作判定。"


@dataclass(eq=False)
class NothingOpen(Refusal):
    """Everything presented was retained or has left; unit by unit also what was destroyed."""

    inspection: str

    code = "inspections.nothing_open"
    en = "Inspection {inspection} covers nothing any more that could be decided on."
    zh = "检验单 {inspection} 已没有可判定的数量。"
    remedy_en = "Cancel the inspection."
    remedy_zh = "请取消该检验单。"


@dataclass(eq=False)
class TooEarly(Refusal):
    """The business time lies before what the act builds on."""

    inspection: str
    occurred_at: str
    since: str

    code = "inspections.too_early"
    en = "Inspection {inspection}: {occurred_at} lies before what this builds on ({since})."
    zh = "检验单 {inspection}：{occurred_at} 早于其依据的时间（{since}）。"
    remedy_en = "Give the time at which it really happened."
    remedy_zh = "请填写实际发生的时间。"


@dataclass(eq=False)
class NotEveryUnitInspected(Refusal):
    """Judging unit by unit is possible only where every unit was inspected."""

    inspection: str
    inspected: Decimal
    open: Decimal

    code = "inspections.not_every_unit_inspected"
    en = "Of the {open} units under inspection {inspection} only {inspected} were inspected."
    zh = "检验单 {inspection} 待判定 {open}，仅检验了 {inspected}。"
    remedy_en = "Inspect the rest and correct the result, or accept or not accept it as a whole."
    remedy_zh = "请检验其余部分并更正结果，或整体判定接收或不接收。"


@dataclass(eq=False)
class CountOutOfRange(Refusal):
    """n or d is impossible: 0 < n <= presented - retained, 0 <= d <= n."""

    inspection: str
    inspected: Decimal
    nonconforming: Decimal
    most: Decimal

    code = "inspections.count_out_of_range"
    en = (
        "{nonconforming} nonconforming of {inspected} inspected cannot be: inspection {inspection} "
        "has at most {most} to inspect, and not more can be nonconforming than were inspected."
    )
    zh = (
        "检验 {inspected}、不合格 {nonconforming} 不可能：检验单 {inspection} 最多可检 {most}，"
        "且不合格数不得大于检验数。"
    )
    remedy_en = "Count again and correct the numbers."
    remedy_zh = "请重新清点并更正数量。"


@dataclass(eq=False)
class CountTooFine(Refusal):
    """A count is finer than the stock unit keeps."""

    given: Decimal
    unit: str
    decimals: int

    code = "inspections.count_too_fine"
    en = "{given} is no count in {unit}, which has {decimals} decimals."
    zh = "{given} 不是有效的 {unit} 数量（{decimals} 位小数）。"
    remedy_en = "Correct the count."
    remedy_zh = "请更正数量。"


@dataclass(eq=False)
class DefectMissing(Refusal):
    """Each nonconforming unit shows at least one defect."""

    inspection: str
    nonconforming: Decimal
    named: Decimal

    code = "inspections.defect_missing"
    en = (
        "{nonconforming} units are nonconforming, but the defect codes of inspection {inspection} "
        "cover only {named}."
    )
    zh = "检验单 {inspection} 有 {nonconforming} 不合格，但缺陷代码仅说明了 {named}。"
    remedy_en = "Name for each nonconforming unit at least one defect code."
    remedy_zh = "请为每个不合格品至少选择一个缺陷代码。"


@dataclass(eq=False)
class DefectCountWrong(Refusal):
    """A defect was counted on no unit, or on more units than are nonconforming, or twice.

    Where nonconformities are counted it may be found more often than that, but on some unit.
    """

    defect: str
    count: Decimal
    nonconforming: Decimal

    code = "inspections.defect_count_wrong"
    en = (
        "Defect {defect} was counted {count} times, but {nonconforming} units are nonconforming; "
        "each code is named once a position, above 0."
    )
    zh = (
        "缺陷 {defect} 计 {count}，而不合格数为 {nonconforming}；"
        "每个代码在同一部位只填一次且大于 0。"
    )
    remedy_en = (
        "Give for each code the number of nonconforming units that show it or, where the plan "
        "counts nonconformities, how often it was found on them."
    )
    remedy_zh = "请按代码填写存在该缺陷的不合格品数量；方案按不合格数计时，填写该缺陷出现的次数。"


@dataclass(eq=False)
class DefectUnknown(Refusal):
    """The defect code does not exist or is out of use."""

    defect: str

    code = "inspections.defect_unknown"
    en = "There is no defect code {defect} in use."
    zh = "没有可用的缺陷代码 {defect}。"
    remedy_en = "Choose one from the list, or ask quality to add it."
    remedy_zh = "请从列表中选择，或请质量部门新增。"


@dataclass(eq=False)
class PositionUnknown(Refusal):
    """The position code does not exist or is out of use."""

    position: str

    code = "inspections.position_unknown"
    en = "There is no position code {position} in use."
    zh = "没有可用的部位代码 {position}。"
    remedy_en = "Choose one from the catalogue of positions, or ask quality to add it."
    remedy_zh = "请从部位目录中选择，或请质量部门新增。"


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """The act needs a reason."""

    act: str

    code = "inspections.reason_missing"
    words = WORDS
    en = "To {act} a reason is needed; it is recorded with your name."
    zh = "{act:zh}必须填写原因，并以您的名义记录。"
    remedy_en = "State the reason."
    remedy_zh = "请填写原因。"


@dataclass(eq=False)
class UnitsNotNamed(Refusal):
    """The nonconforming units that are taken out must be those that were found."""

    inspection: str
    named: Decimal
    least: Decimal
    most: Decimal

    code = "inspections.units_not_named"
    en = (
        "The result of inspection {inspection} says {most} nonconforming, at least {least} of them "
        "still here; {named} were named."
    )
    zh = "检验单 {inspection} 结果为不合格 {most}（至少 {least} 仍在库），所列数量为 {named}。"
    remedy_en = "Name where the nonconforming units lie, or correct the result."
    remedy_zh = "请指明不合格品所在位置，或更正检验结果。"


@dataclass(eq=False)
class PartTooLarge(Refusal):
    """More was named of a lot than is open."""

    lot: str
    named: Decimal
    open: Decimal

    code = "inspections.part_too_large"
    en = "{named} of lot {lot} were named, but {open} are under inspection."
    zh = "批次 {lot} 列出 {named}，但待判定仅 {open}。"
    remedy_en = "Correct the quantities."
    remedy_zh = "请更正数量。"


@dataclass(eq=False)
class LotNotCovered(Refusal):
    """The lot has nothing open in this inspection, or must be named because there are several."""

    given: str
    inspection: str
    lots: str

    code = "inspections.lot_not_covered"
    en = "Inspection {inspection} has nothing open of lot {given}; it covers {lots}."
    zh = "检验单 {inspection} 没有批次 {given} 的待判定数量；其批次为 {lots}。"
    remedy_en = "Name one of these lots."
    remedy_zh = "请选择其中一个批次。"


@dataclass(eq=False)
class PlaceNeeded(Refusal):
    """The lot lies at several places or belongs to several owners."""

    lot: str
    places: str

    code = "inspections.place_needed"
    en = "Lot {lot} lies at more than one place or owner ({places})."
    zh = "批次 {lot} 分布在多个库位或货主（{places}）。"
    remedy_en = "Say at which place, and of which owner, the nonconforming units are."
    remedy_zh = "请指明不合格品所在库位和货主。"


@dataclass(eq=False)
class AlreadyUnderInspection(Refusal):
    """A lot is open in one inspection at a time."""

    lot: str
    inspection: str

    code = "inspections.already_under_inspection"
    en = "Lot {lot} is under inspection {inspection} already."
    zh = "批次 {lot} 已在检验单 {inspection} 中。"
    remedy_en = "Finish that inspection first, or leave the lot out."
    remedy_zh = "请先完成该检验单，或不要选择该批次。"


@dataclass(eq=False)
class LotsDiffer(Refusal):
    """An inspection covers lots of one material, supplier, revision and site."""

    what: str

    code = "inspections.lots_differ"
    words = WORDS
    en = "These lots differ in {what}, so one inspection cannot cover them."
    zh = "所选批次的{what:zh}不同，不能合并为一张检验单。"
    remedy_en = "Open an inspection for each."
    remedy_zh = "请分别开立检验单。"


@dataclass(eq=False)
class LotEmpty(Refusal):
    """Nothing is left of the lot."""

    lot: str

    code = "inspections.lot_empty"
    en = "Nothing is left of lot {lot} that could be inspected."
    zh = "批次 {lot} 已无库存可检。"
    remedy_en = "Choose a lot that is in stock."
    remedy_zh = "请选择有库存的批次。"

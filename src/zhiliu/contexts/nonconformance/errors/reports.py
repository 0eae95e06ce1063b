"""Refusals about reports and the lots under them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from zhiliu.contexts.nonconformance.errors.words import WORDS
from zhiliu.kernel.refusal import NoSuchRecord, Refusal


class NotFound(NoSuchRecord):
    """No such record, or none that the caller may see."""

    code = "nonconformance.not_found"
    words = WORDS


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """The act needs a reason."""

    act: str

    code = "nonconformance.reason_missing"
    words = WORDS
    en = "To {act} a reason is needed; it is recorded with your name."
    zh = "{act:zh}必须填写原因，并以您的名义记录。"
    remedy_en = "State the reason."
    remedy_zh = "请填写原因。"


@dataclass(eq=False)
class LotsDiffer(Refusal):
    """A report covers lots of one material, supplier and site."""

    what: str

    code = "nonconformance.lots_differ"
    words = WORDS
    en = "These lots differ in {what}, so one report cannot cover them."
    zh = "所选批次的{what:zh}不同，不能合并为一份报告。"
    remedy_en = "Open a report for each."
    remedy_zh = "请分别开立报告。"


@dataclass(eq=False)
class LotEmpty(Refusal):
    """Nothing is left of the lot."""

    lot: str

    code = "nonconformance.lot_empty"
    en = "Nothing is left of lot {lot} that could be put under a report."
    zh = "批次 {lot} 已无库存，不能列入报告。"
    remedy_en = (
        "Choose a lot that is in stock; what has been used or shipped is traced from the lot."
    )
    remedy_zh = "请选择有库存的批次；已领用或发运的部分请从批次追溯。"


@dataclass(eq=False)
class UnderReport(Refusal):
    """The lot's nonconforming goods are in the hands of a report."""

    lot: str
    report: str

    code = "nonconformance.under_report"
    en = "Lot {lot} is under nonconformance report {report}, which decides what happens to it."
    zh = "批次 {lot} 已列入不合格品报告 {report}，由该报告决定其去向。"
    remedy_en = (
        "Dispose of it in {report}; a decision that is not carried out yet can be cancelled."
    )
    remedy_zh = "请在 {report} 中处置；尚未执行的处置可以取消。"


@dataclass(eq=False)
class UnderInspection(Refusal):
    """The lot waits for a verdict, which opens the report itself."""

    lot: str
    inspection: str

    code = "nonconformance.under_inspection"
    en = "Lot {lot} is under inspection {inspection}, whose verdict has not been given."
    zh = "批次 {lot} 正在检验单 {inspection} 中，尚未判定。"
    remedy_en = "Record there what was found and do not accept it: the report is opened by that."
    remedy_zh = "请在该检验单中录入发现的问题并判定不接收，报告将随之开立。"


@dataclass(eq=False)
class NotAnEscape(Refusal):
    """An escape is found in goods that quality had let through."""

    lot: str
    lot_status: str

    code = "nonconformance.not_an_escape"
    en = "Lot {lot} is {lot_status}: quality has not let it through, so nothing escaped."
    zh = "批次 {lot} 的状态为 {lot_status}，未曾放行，不属于漏检。"
    remedy_en = "Open a report by hand, or decide its inspection."
    remedy_zh = "请手工开立报告，或完成其检验判定。"


@dataclass(eq=False)
class PlaceNeeded(Refusal):
    """The lot lies at several places or belongs to several owners."""

    lot: str
    places: str

    code = "nonconformance.place_needed"
    en = "Lot {lot} lies at more than one place or owner ({places})."
    zh = "批次 {lot} 分布在多个库位或货主（{places}）。"
    remedy_en = "Say of which place and owner the quantity is, or leave the quantity out for all."
    remedy_zh = "请指明库位和货主，或不填数量表示全部。"


@dataclass(eq=False)
class TooEarly(Refusal):
    """The business time lies before what the act builds on."""

    what: str
    number: str
    occurred_at: datetime
    since: datetime

    code = "nonconformance.too_early"
    words = WORDS
    en = "{what} {number} exists only since {since}, and {occurred_at} lies before that."
    zh = "{what:zh} {number} 自 {since} 起才存在，而 {occurred_at} 早于该时间。"
    remedy_en = "Give the time at which it really happened."
    remedy_zh = "请填写实际发生的时间。"


@dataclass(eq=False)
class NotInState(Refusal):
    """The record is in a state in which the verb is not possible."""

    what: str
    number: str
    state: str

    code = "nonconformance.not_in_state"
    words = WORDS
    en = "This is not possible: {what} {number} is {state}."
    zh = "{what:zh} {number} 处于“{state:zh}”状态，不能如此操作。"
    remedy_en = "Look at the record: it names what is possible now."
    remedy_zh = "请查看该记录，其中列出当前可执行的操作。"


@dataclass(eq=False)
class StillOpen(Refusal):
    """Quantity of the report has no disposition yet."""

    report: str
    open: Decimal

    code = "nonconformance.still_open"
    en = "{open} under report {report} have no disposition yet."
    zh = "报告 {report} 尚有 {open} 未处置。"
    remedy_en = "Dispose of them, then close it."
    remedy_zh = "请先处置，再关闭。"


@dataclass(eq=False)
class StillWaiting(Refusal):
    """Dispositions of the report are decided but not done."""

    report: str
    dispositions: str

    code = "nonconformance.still_waiting"
    en = "Report {report} waits for {dispositions}, which are decided but not done."
    zh = "报告 {report} 等待 {dispositions} 完成，已决定但尚未执行完。"
    remedy_en = "Send back, scrap, inspect or approve what they say; it can be closed after that."
    remedy_zh = "请按处置退货、报废、检验或批准让步，之后即可关闭。"


@dataclass(eq=False)
class CauseUnknown(Refusal):
    """The cause code does not exist or is out of use."""

    cause: str

    code = "nonconformance.cause_unknown"
    en = "There is no cause code {cause} in use."
    zh = "没有可用的原因代码 {cause}。"
    remedy_en = "Choose one from the catalogue of causes, or ask quality to add it."
    remedy_zh = "请从原因目录中选择，或请质量部门新增。"

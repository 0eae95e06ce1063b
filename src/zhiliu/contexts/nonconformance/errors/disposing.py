"""Refusals about dispositions and concessions."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from zhiliu.contexts.nonconformance.errors.words import WORDS
from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class AlreadyPosted(Refusal):
    """What was posted cannot be taken back; it is answered by a further act."""

    number: str
    dispositions: str

    code = "nonconformance.already_posted"
    en = "{number} cannot be taken back: stock was posted because of it ({dispositions})."
    zh = "{number} 不能撤回：已据此过账（{dispositions}）。"
    remedy_en = (
        "Open a new report for goods that are still here; book what was returned or scrapped by "
        "mistake as found goods or as a new arrival."
    )
    remedy_zh = "仍在库的货物请开立新报告；误退或误报废的货物请按盘盈或重新到货入账。"


@dataclass(eq=False)
class NotInReport(Refusal):
    """The lot does not belong to the report."""

    lot: str
    report: str
    lots: str

    code = "nonconformance.not_in_report"
    en = "Lot {lot} is not under report {report}, which covers {lots}."
    zh = "批次 {lot} 不在报告 {report} 中；其批次为 {lots}。"
    remedy_en = "Name one of these lots, or open a report for this one."
    remedy_zh = "请选择其中一个批次，或为该批次开立报告。"


@dataclass(eq=False)
class NothingLeft(Refusal):
    """More was to be disposed of than waits for it."""

    lot: str
    wanted: Decimal
    open: Decimal

    code = "nonconformance.nothing_left"
    en = "{open} of lot {lot} wait for a disposition, not {wanted}."
    zh = "批次 {lot} 待处置 {open}，不足 {wanted}。"
    remedy_en = "Take less, or cancel a disposition that is not carried out yet."
    remedy_zh = "请减少数量，或取消尚未执行的处置。"


@dataclass(eq=False)
class OwnInspection(Refusal):
    """Who inspected may not decide what happens to the goods."""

    report: str
    inspection: str

    code = "nonconformance.own_inspection"
    en = "You inspected in {inspection}, so you may not decide the dispositions of {report}."
    zh = "您参与了 {inspection} 的检验，不能决定 {report} 的处置。"
    remedy_en = "Ask a colleague of the review board who took no part in the inspection."
    remedy_zh = "请由未参与该检验的评审人员决定。"


@dataclass(eq=False)
class KindNotPossible(Refusal):
    """The disposition does not fit these goods."""

    kind: str
    lot: str
    problem: str
    problem_zh: str

    code = "nonconformance.kind_not_possible"
    words = WORDS
    en = "Lot {lot} cannot be disposed of as {kind}: {problem}."
    zh = "批次 {lot} 不能按“{kind:zh}”处置：{problem_zh}。"
    remedy_en = "Choose another disposition, or complete what is missing."
    remedy_zh = "请选择其他处置方式，或补充所缺内容。"


@dataclass(eq=False)
class KindNotAllowed(Refusal):
    """The table of allowed dispositions does not let such goods be disposed of so."""

    report: str
    kind: str
    kinds: tuple[str, ...]

    code = "nonconformance.kind_not_allowed"
    words = WORDS
    en = "{kind} is not allowed for {report}; allowed are {kinds}."
    zh = "{report} 不允许“{kind:zh}”；允许的处置为 {kinds:zh}。"
    remedy_en = "Choose one of these, or have the table of allowed dispositions changed."
    remedy_zh = "请选择其中之一，或申请修改允许处置的规则表。"


@dataclass(eq=False)
class NotRenderedUnusable(Refusal):
    """Scrap leaves only when somebody confirms that it can never be used by mistake."""

    disposition: str

    code = "nonconformance.not_rendered_unusable"
    en = "Scrap by {disposition} is not confirmed as rendered unusable."
    zh = "{disposition} 的报废品尚未确认已毁形。"
    remedy_en = "Destroy or mark the goods so that nobody can use them, then confirm it."
    remedy_zh = "请将货物毁形或作不可恢复的标识，然后确认。"


@dataclass(eq=False)
class NothingToCarryOut(Refusal):
    """The disposition is not one that somebody carries out and confirms."""

    disposition: str
    instead: str
    instead_zh: str

    code = "nonconformance.nothing_to_carry_out"
    en = "{disposition} is not confirmed by hand: {instead}."
    zh = "{disposition} 无需手工确认：{instead_zh}。"
    remedy_en = "Do that; the disposition is done by it."
    remedy_zh = "请按此办理，处置将随之完成。"


@dataclass(eq=False)
class SortJudgesEveryUnit(Refusal):
    """A sort is decided unit by unit."""

    inspection: str
    disposition: str
    inspected: Decimal
    quantity: Decimal

    code = "nonconformance.sort_judges_every_unit"
    en = (
        "{inspection} sorts by {disposition}: all {quantity} units are judged, {inspected} were "
        "inspected."
    )
    zh = "{inspection} 按 {disposition} 挑选：须逐件判定全部 {quantity}，仅检验了 {inspected}。"
    remedy_en = "Inspect the rest, correct the result, then judge the units."
    remedy_zh = "请检验其余部分并更正结果，再逐件判定。"


@dataclass(eq=False)
class ConcessionMissing(Refusal):
    """Repaired goods do not conform: they are used only under a concession."""

    disposition: str
    inspection: str

    code = "nonconformance.concession_missing"
    en = "What was repaired by {disposition} needs an approved concession before {inspection} ends."
    zh = "{disposition} 返修的货物在 {inspection} 判定接收之前须有已批准的让步单。"
    remedy_en = "Have the concession approved, then accept; or do not accept the goods."
    remedy_zh = "请先批准让步单再判定接收，或判定不接收。"


@dataclass(eq=False)
class NothingToReturn(Refusal):
    """Goods go back to their supplier by a disposition that says so."""

    disposition: str
    kind: str

    code = "nonconformance.nothing_to_return"
    words = WORDS
    en = "{disposition} ({kind}) sends nothing back to the supplier."
    zh = "{disposition}（{kind:zh}）不是退供处置。"
    remedy_en = "Cancel it while nothing is posted, and decide return to vendor instead."
    remedy_zh = "如尚未过账，可取消该处置，改为退供。"


@dataclass(eq=False)
class NoConcessionNeeded(Refusal):
    """A concession is for use as is and repair, once for each."""

    disposition: str
    kind: str

    code = "nonconformance.no_concession_needed"
    words = WORDS
    en = "{disposition} ({kind}) takes no concession, or has one already."
    zh = "{disposition}（{kind:zh}）无需让步单，或已有让步单。"
    remedy_en = (
        "Look at the disposition: it names its concession. A wrong one ends with its bounds."
    )
    remedy_zh = "请查看该处置单，其中列有让步单；错误的让步单随其限制结束。"


@dataclass(eq=False)
class ConcessionTooLarge(Refusal):
    """A concession covers at most what was disposed of, above zero, in the stock unit."""

    disposition: str
    wanted: Decimal
    most: Decimal
    unit: str

    code = "nonconformance.concession_too_large"
    en = "A concession of {wanted} {unit} does not fit {disposition}, which covers {most} {unit}."
    zh = "让步数量 {wanted} {unit} 与 {disposition} 不符，其数量为 {most} {unit}。"
    remedy_en = "Concede at most that quantity, no finer than the unit."
    remedy_zh = "让步数量不得超过处置数量，且不得细于单位精度。"


@dataclass(eq=False)
class ConcessionOver(Refusal):
    """A concession that ends before it begins."""

    until: datetime
    at: datetime

    code = "nonconformance.concession_over"
    en = "A concession until {until} would be over at {at}, when it is approved."
    zh = "让步截止 {until}，而批准时间为 {at}，届时已失效。"
    remedy_en = "Give a time in the future."
    remedy_zh = "请填写将来的截止时间。"

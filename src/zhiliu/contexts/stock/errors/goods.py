"""Refusals about goods, places and records: what is missing, wrong or does not fit."""

from dataclasses import dataclass
from decimal import Decimal

from zhiliu.contexts.stock.errors.words import WORDS
from zhiliu.kernel.refusal import NoSuchRecord, RecordExists, Refusal


class NotFound(NoSuchRecord):
    """No such record, or none that the caller may see."""

    code = "stock.not_found"
    words = WORDS
    remedy_en = "Check the number, scan the label again, or search for it in the list."
    remedy_zh = "请核对编号、重新扫描标签，或在列表中查找。"


class AlreadyExists(RecordExists):
    """The code, number or period is taken."""

    code = "stock.already_exists"
    words = WORDS


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
class NothingInStock(Refusal):
    """No internal place holds anything of the lot."""

    lot: str

    code = "stock.nothing_in_stock"
    en = "Nothing of lot {lot} is in stock any more."
    zh = "批次 {lot} 已无库存。"
    remedy_en = "Trace the lot to see where it went, or count its place if goods are there."
    remedy_zh = "请追溯该批次的去向；若现场仍有实物，请盘点库位。"


@dataclass(eq=False)
class VoucherMissing(Refusal):
    """Goods that are not blocked are scrapped or returned by a signed reason."""

    lot: str

    code = "stock.voucher_missing"
    en = "Nothing says why lot {lot} should leave so."
    zh = "批次 {lot} 缺少如此处理的依据。"
    remedy_en = "State the reason; it is signed with your name."
    remedy_zh = "请填写原因，将以您的名义签署。"


@dataclass(eq=False)
class NotDisposed(Refusal):
    """Blocked goods are scrapped, returned or regraded by a disposition only."""

    lot: str

    code = "stock.not_disposed"
    en = "Lot {lot} is blocked: neither a verdict nor a reason lets it leave, only a disposition."
    zh = "批次 {lot} 不可用：判定或原因都不足以使其离库，须有处置决定。"
    remedy_en = (
        "Dispose of it in its nonconformance report (open one if there is none) and name the "
        "disposition as voucher."
    )
    remedy_zh = "请在其不合格品报告中作出处置（没有则先开立），并以处置单为凭证。"


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

    code = "stock.not_in_state"
    words = WORDS
    en = "{what} {number} is {state}; {verb} is not possible."
    zh = "{what:zh} {number} 的状态为{state:zh}，不能{verb:zh}。"
    remedy_en = "Read the record again; somebody may have acted already."
    remedy_zh = "请重新读取记录，可能已有人处理。"


@dataclass(eq=False)
class WrongPlace(Refusal):
    """The place is of the wrong kind for this act, or the same as the other one."""

    place: str
    needed: str

    code = "stock.wrong_place"
    words = WORDS
    en = "Place {place} does not fit: {needed}."
    zh = "库位 {place} 不适用：{needed:zh}。"
    remedy_en = "Choose a fitting place of the same company."
    remedy_zh = "请选择同一公司内合适的库位。"


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

    code = "stock.reason_missing"
    words = WORDS
    en = "To {act} a reason is needed; it is recorded with your name."
    zh = "{act:zh}必须填写原因，并以您的名义记录。"
    remedy_en = "State the reason."
    remedy_zh = "请填写原因。"


@dataclass(eq=False)
class NotEncodable(Refusal):
    """The lot's number has characters that no GS1 code can hold."""

    lot: str

    code = "stock.not_encodable"
    en = (
        "The number {lot} cannot stand in a GS1 code, which takes English letters, digits and "
        "! \" % & ' ( ) * + , - . / : ; < = > ? _ only."
    )
    zh = (
        "批号 {lot} 无法写入 GS1 码，该码仅接受英文字母、数字和 "
        "! \" % & ' ( ) * + , - . / : ; < = > ? _。"
    )
    remedy_en = "Split the goods into a lot with a number of our own, and label that."
    remedy_zh = "请将货物拆分到由本系统编号的批次，再打印标签。"


@dataclass(eq=False)
class LabelAmbiguous(Refusal):
    """The scanned label's lot was split and several parts stand here."""

    scanned: str
    candidates: list[str]

    code = "stock.label_ambiguous"
    en = "Lot {scanned} was split; here stand {candidates}."
    zh = "批次 {scanned} 已拆分；此处有 {candidates}。"
    remedy_en = "Choose the part that you hold and put a new label on it."
    remedy_zh = "请选择手中的那一部分，并更换新标签。"

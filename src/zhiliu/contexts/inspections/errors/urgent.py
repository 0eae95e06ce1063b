"""Refusals of urgent release."""

from dataclasses import dataclass
from decimal import Decimal

from zhiliu.contexts.inspections.errors.words import WORDS
from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class NotUrgent(Refusal):
    """Only a lot that waits for an inspection can be released urgently."""

    lot: str
    lot_status: str

    code = "inspections.not_urgent"
    words = WORDS
    en = "Lot {lot} waits for no inspection: it is {lot_status}."
    zh = "批次 {lot} 不在待检状态：{lot_status:zh}。"
    remedy_en = "Use it as its status allows, or open an inspection of it."
    remedy_zh = "请按其状态使用，或对其开立检验单。"


@dataclass(eq=False)
class TooMuchUrgent(Refusal):
    """More was asked for than is under inspection."""

    lot: str
    quantity: Decimal
    open: Decimal

    code = "inspections.too_much_urgent"
    en = "{quantity} of lot {lot} cannot be released urgently: {open} are under inspection."
    zh = "批次 {lot} 无法紧急放行 {quantity}：待检数量为 {open}。"
    remedy_en = "Ask for what the order needs, at most that much."
    remedy_zh = "请按订单所需申请，且不超过该数量。"


@dataclass(eq=False)
class TooLittleLeft(Refusal):
    """Since it was asked for, goods left the lot or were split off: less is under inspection."""

    urgent_release: str
    quantity: Decimal
    lot: str
    open: Decimal

    code = "inspections.too_little_left"
    en = (
        "Urgent release {urgent_release} asks for {quantity} of lot {lot}, of which {open} are "
        "still under inspection."
    )
    zh = "紧急放行单 {urgent_release} 申请批次 {lot} 的 {quantity}，而该批次待检仅剩 {open}。"
    remedy_en = "Refuse it and have it asked for anew: of this lot, or of the part split off."
    remedy_zh = "请拒绝该申请，并按剩余数量或对拆出的批次重新申请。"


@dataclass(eq=False)
class AlreadyUrgent(Refusal):
    """One urgent release of a lot at a time."""

    given: str

    code = "inspections.already_urgent"
    en = "An urgent release of this lot has been asked for or approved already."
    zh = "该批次已有紧急放行申请或批准。"
    remedy_en = "Have it decided, or wait until the inspection ends."
    remedy_zh = "请先处理该申请，或等待检验结束。"


@dataclass(eq=False)
class UrgentReleaseDecided(Refusal):
    """It was approved, refused or has ended with its inspection."""

    urgent_release: str
    state: str

    code = "inspections.urgent_release_decided"
    words = WORDS
    en = "Urgent release {urgent_release} waits for no decision any more: it is {state}."
    zh = "紧急放行单 {urgent_release} 已无需处理：{state:zh}。"
    remedy_en = "If goods are still needed before the inspection ends, ask anew."
    remedy_zh = "如仍需在检验结束前使用，请重新申请。"


@dataclass(eq=False)
class UrgentReleaseRuns(Refusal):
    """Goods that may be used already need a verdict, not the end of their inspection."""

    inspection: str
    lot: str

    code = "inspections.urgent_release_runs"
    en = (
        "Lot {lot} was released urgently ahead of inspection {inspection}, so this needs a verdict."
    )
    zh = "批次 {lot} 已在检验单 {inspection} 结束前紧急放行，必须作出判定。"
    remedy_en = "Inspect what is left and accept or not accept; a hold stops the goods meanwhile."
    remedy_zh = "请检验剩余部分并作出判定；如需暂停使用，请先冻结。"

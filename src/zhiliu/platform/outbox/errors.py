"""Named refusals of the outbox."""

from dataclasses import dataclass

from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class DeliveryNotFound(Refusal):
    """No such delivery, or none that the caller may see."""

    delivery: str

    code = "outbox.delivery_not_found"
    status = 404
    en = "There is no delivery {delivery}."
    zh = "找不到投递记录 {delivery}。"
    remedy_en = "Look it up in the list of parked deliveries."
    remedy_zh = "请在隔离的投递列表中查找。"


@dataclass(eq=False)
class DeliveryNotParked(Refusal):
    """Only a parked delivery waits for somebody; a pending one is tried again by itself."""

    handler: str
    subject: str
    state: str

    code = "outbox.delivery_not_parked"
    en = "The delivery of {subject} to {handler} is not parked: it is {state}."
    zh = "{subject} 到 {handler} 的投递未被隔离，当前状态：{state}。"
    remedy_en = "Read the list of parked deliveries again; there may be nothing left to do."
    remedy_zh = "请刷新隔离的投递列表；可能已无需处理。"

"""Named refusals of equipment."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zhiliu.kernel.refusal import NoSuchRecord, RecordExists, Refusal

WORDS = {
    "gauge type": "量具类型",
    "gauge": "量具",
    "calibration": "校准记录",
    "in_service": "在用",
    "out_of_service": "停用",
    "retired": "报废",
    "calibrate": "校准",
    "change": "修改",
    "take_out_of_service": "停用",
    "put_in_service": "恢复使用",
    "retire": "报废",
    "as found": "校准前",
    "as left": "校准后",
}


class NotFound(NoSuchRecord):
    """No such record, or none that the caller may see."""

    code = "equipment.not_found"
    words = WORDS


class AlreadyExists(RecordExists):
    """The code of a gauge type, or the serial number among gauges of a type, is taken."""

    code = "equipment.already_exists"
    words = WORDS


@dataclass(eq=False)
class NotInState(Refusal):
    """The verb does not start from the gauge's state."""

    number: str
    state: str
    verb: str

    code = "equipment.not_in_state"
    words = WORDS
    en = "Gauge {number} is {state}; {verb} is not possible from there."
    zh = "量具 {number} 当前为{state:zh}，不能{verb:zh}。"
    remedy_en = "See the gauge's allowed actions; a retired gauge is registered anew."
    remedy_zh = "请查看该量具允许的操作；已报废的量具需重新登记。"


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """A gauge is taken out of service or retired for a stated reason."""

    number: str

    code = "equipment.reason_missing"
    en = "Gauge {number} is taken out of service or retired for a reason; none was given."
    zh = "停用或报废量具 {number} 必须填写原因。"
    remedy_en = "State the reason."
    remedy_zh = "请填写原因。"


@dataclass(eq=False)
class TooEarly(Refusal):
    """The stated time lies before what the act builds on."""

    number: str
    occurred_at: datetime
    since: datetime

    code = "equipment.too_early"
    en = "Gauge {number} is as it is since {since}, and {occurred_at} lies before that."
    zh = "量具 {number} 自 {since} 起为当前状态，而 {occurred_at} 早于该时间。"
    remedy_en = "Leave occurred_at and performed_at out, or give a time after that."
    remedy_zh = "请省略 occurred_at 和 performed_at，或填写该时间之后的时间。"


@dataclass(eq=False)
class PerformedLater(Refusal):
    """A calibration is recorded after it was performed, never before."""

    performed_at: datetime

    code = "equipment.performed_later"
    en = "A calibration performed at {performed_at} cannot be recorded before that."
    zh = "校准于 {performed_at} 进行，不能提前记录。"
    remedy_en = "Correct performed_at; it is not in the future."
    remedy_zh = "请更正 performed_at，不能是将来的时间。"


@dataclass(eq=False)
class CalibrationNeeded(Refusal):
    """Only a good calibration brings a gauge back."""

    number: str

    code = "equipment.calibration_needed"
    en = "Gauge {number} has no good calibration since it went out of service."
    zh = "量具 {number} 停用后尚无合格的校准记录。"
    remedy_en = "Record a calibration that it passes as left, then put it in service."
    remedy_zh = "请先录入校准后合格的校准记录，再恢复使用。"


@dataclass(eq=False)
class ContradictsPoint(Refusal):
    """A pass is not possible while a point is off by more than its permissible error."""

    when: str
    reference: Decimal
    error: Decimal
    max_error: Decimal

    code = "equipment.contradicts_point"
    words = WORDS
    en = "At {reference} the error {when} is {error}, more than the permissible {max_error}."
    zh = "在 {reference} 处{when:zh}误差为 {error}，超过最大允许误差 {max_error}。"
    remedy_en = "Correct the value, or record the result as fail."
    remedy_zh = "请更正数值，或将结果记为不合格。"


@dataclass(eq=False)
class UnitMissing(Refusal):
    """Values and a resolution have a unit."""

    code = "equipment.unit_missing"
    en = "Values and a resolution need a unit; none is known for this gauge."
    zh = "数值和分辨力需要单位，而该量具没有单位。"
    remedy_en = "Name the unit."
    remedy_zh = "请指定单位。"


@dataclass(eq=False)
class DueDateMissing(Refusal):
    """Without an interval the due date is given."""

    number: str

    code = "equipment.due_date_missing"
    en = "Gauge {number} has no calibration interval, and no due date was given."
    zh = "量具 {number} 没有校准周期，也未填写有效期。"
    remedy_en = "Give the due date, or set the gauge's interval first."
    remedy_zh = "请填写有效期，或先设置该量具的校准周期。"


@dataclass(eq=False)
class BadDueDate(Refusal):
    """A good calibration holds at least for its own day and at most for 50 years; a bad one not."""

    due_date: date

    code = "equipment.bad_due_date"
    en = "{due_date} cannot be the due date of this calibration."
    zh = "{due_date} 不能作为此次校准的有效期。"
    remedy_en = "Give a date on or after the day of calibration; none when it failed as left."
    remedy_zh = "请填写校准当日或之后的日期；校准后不合格时不填。"


@dataclass(eq=False)
class GaugeOverdue(Refusal):
    """The due date, the last day of validity at the gauge's site, has passed."""

    number: str
    due_date: date

    code = "equipment.gauge_overdue"
    en = "Gauge {number} was due for calibration by {due_date}."
    zh = "量具 {number} 的校准有效期至 {due_date}，已过期。"
    remedy_en = "Use another gauge of this type that is not overdue, or have it calibrated."
    remedy_zh = "请改用同类型且在有效期内的量具，或送检校准。"


@dataclass(eq=False)
class GaugeOutOfService(Refusal):
    """The gauge is not in service, or was not yet at that time."""

    number: str
    state: str
    since: datetime

    code = "equipment.gauge_out_of_service"
    words = WORDS
    en = "Gauge {number} may not be used at that time: {state} since {since}."
    zh = "量具 {number} 在该时间不可使用：自 {since} 起{state:zh}。"
    remedy_en = "Measure with another gauge of this type that is in service."
    remedy_zh = "请改用同类型的在用量具测量。"


@dataclass(eq=False)
class GaugeWrongType(Refusal):
    """The characteristic asks for another type of gauge."""

    number: str
    gauge_type: str
    needed: str

    code = "equipment.gauge_wrong_type"
    en = "Gauge {number} is of type {gauge_type}; {needed} is needed here."
    zh = "量具 {number} 的类型为 {gauge_type}，此处需要 {needed}。"
    remedy_en = "Use a gauge of type {needed} that is in service."
    remedy_zh = "请改用类型为 {needed} 的在用量具。"


def _key(detail: str) -> str:
    """The last value in PostgreSQL's `Key (a, b)=(1, 2) already exists.`"""
    return detail.partition(")=(")[2].rpartition(")")[0].split(", ")[-1]


CONSTRAINTS = {
    "equipment_gauge_serial": lambda detail: AlreadyExists(what="gauge", given=_key(detail)),
    "equipment_gaugetype_code_key": lambda detail: AlreadyExists(
        what="gauge type", given=_key(detail)
    ),
}

"""Named refusals of commands."""

from dataclasses import dataclass

from zhiliu.kernel.refusal import Refusal


@dataclass(eq=False)
class KeyMissing(Refusal):
    """A write came without an Idempotency-Key."""

    code = "commands.key_missing"
    status = 400
    en = "The request has no usable Idempotency-Key (1 to 100 visible ASCII characters)."
    zh = "请求缺少可用的 Idempotency-Key（1 至 100 个可见 ASCII 字符）。"
    remedy_en = "Send a fresh UUID as Idempotency-Key and the same one again when you retry."
    remedy_zh = "请发送一个新的 UUID 作为 Idempotency-Key，重试时使用同一个值。"


@dataclass(eq=False)
class KeyReused(Refusal):
    """The key was used before for other content."""

    field: str

    code = "commands.key_reused"
    en = "This Idempotency-Key was already used with another value of {field}."
    zh = "该 Idempotency-Key 已用于不同的内容，差异字段：{field}。"
    remedy_en = "Use a fresh key for a new request, or repeat the first request unchanged."
    remedy_zh = "新请求请使用新的键；重试请保持原请求内容不变。"


@dataclass(eq=False)
class Conflict(Refusal):
    """The database refused: a unique key or a check failed in a race with another act."""

    constraint: str

    code = "commands.conflict"
    en = "Another act changed the same records at the same moment ({constraint}); nothing written."
    zh = "另一操作同时修改了相同记录（{constraint}），本次未写入任何内容。"
    remedy_en = "Read the records again and repeat the request if it still applies."
    remedy_zh = "请重新读取记录，确认后再次提交。"


@dataclass(eq=False)
class Busy(Refusal):
    """The records stayed locked for too long."""

    code = "commands.busy"
    status = 503
    en = "The records are in use by other acts; nothing was written."
    zh = "相关记录正被其他操作占用，本次未写入任何内容。"
    remedy_en = "Repeat the request with the same Idempotency-Key in a few seconds."
    remedy_zh = "请几秒后用同一 Idempotency-Key 重试。"


@dataclass(eq=False)
class OutsideTime(Refusal):
    """The business time is in the future or carries no offset."""

    occurred_at: str

    code = "commands.time_in_future"
    en = "The time {occurred_at} lies in the future of the server's clock."
    zh = "时间 {occurred_at} 晚于服务器当前时间。"
    remedy_en = "Leave occurred_at out, or give the time at which it really happened."
    remedy_zh = "请省略 occurred_at，或填写实际发生的时间。"


@dataclass(eq=False)
class VersionMismatch(Refusal):
    """If-Match named another version than the record has."""

    expected: int
    actual: int

    code = "commands.version_mismatch"
    status = 412
    en = "The record is at version {actual}, not {expected}: somebody changed it meanwhile."
    zh = "记录当前版本为 {actual}，而非 {expected}：期间已被他人修改。"
    remedy_en = "Read the record again, look at the change, and repeat your edit."
    remedy_zh = "请重新读取记录，查看变化后再次编辑。"


@dataclass(eq=False)
class IfMatchMissing(Refusal):
    """An edit came without If-Match."""

    code = "commands.if_match_missing"
    status = 428
    en = "An edit needs the record's version in the If-Match header."
    zh = "编辑请求必须在 If-Match 头中给出记录版本。"
    remedy_en = 'Read the record and send its ETag, for example `If-Match: "3"`.'
    remedy_zh = '请先读取记录，并发送其 ETag，例如 `If-Match: "3"`。'


@dataclass(eq=False)
class BadFilter(Refusal):
    """A list parameter names something that the list does not have."""

    parameter: str
    allowed: str

    code = "commands.bad_filter"
    status = 400
    en = "The list parameter {parameter} cannot be used so; allowed: {allowed}."
    zh = "列表参数 {parameter} 无效；允许的值：{allowed}。"
    remedy_en = "Correct the parameter and ask again."
    remedy_zh = "请更正参数后重试。"


@dataclass(eq=False)
class BadRequest(Refusal):
    """The address names nothing, or the method is not one of its methods."""

    method: str
    path: str

    code = "commands.no_such_endpoint"
    status = 404
    en = "There is nothing at {method} {path}."
    zh = "{method} {path} 不存在。"
    remedy_en = "Look the endpoint up in /api/v1/openapi.json."
    remedy_zh = "请在 /api/v1/openapi.json 中查找接口。"


@dataclass(eq=False)
class NoSuchMethod(Refusal):
    """The address exists, but not for this method."""

    method: str
    path: str

    code = "commands.no_such_method"
    status = 405
    en = "{path} does not answer {method}."
    zh = "{path} 不支持 {method}。"
    remedy_en = "Use one of the methods in the Allow header."
    remedy_zh = "请使用 Allow 头中列出的方法。"


@dataclass(eq=False)
class Bug(Refusal):
    """Zhiliu itself failed; the trace id finds the entry in the server's log."""

    code = "commands.bug"
    status = 500
    en = "Zhiliu made a mistake and wrote nothing for this request."
    zh = "系统出现错误，本次请求未写入任何内容。"
    remedy_en = "Repeat it with the same Idempotency-Key; if it stays, report the trace id."
    remedy_zh = "请用同一 Idempotency-Key 重试；若仍失败，请报告 trace id。"


@dataclass(eq=False)
class NotStorable(Refusal):
    """A value is of the right shape, but no column can hold it."""

    code = "commands.not_storable"
    status = 400
    en = "A value lies outside what can be stored: too large, too long, or with a NUL character."
    zh = "有的值无法保存：过大、过长，或含有 NUL 字符。"
    remedy_en = "Correct the value and send the request again; nothing was written."
    remedy_zh = "请更正该值后重新提交；本次未写入任何内容。"


@dataclass(eq=False)
class NotReadable(Refusal):
    """The body is no JSON of the asked shape."""

    code = "commands.not_readable"
    status = 400
    en = "The request body cannot be read as JSON."
    zh = "请求内容不是可读的 JSON。"
    remedy_en = "Send valid JSON in UTF-8 with Content-Type application/json."
    remedy_zh = "请以 UTF-8 发送有效的 JSON，Content-Type 为 application/json。"

"""I13: every event was delivered to every handler, in order and once, or is seen to wait."""

from zhiliu.config.checks.invariant import Invariant, rule

# A delivery that fails is parked after about a quarter of an hour (outbox.deliveries).
LIMIT = "interval '1 hour'"
# Processes on several machines mark what they did by their own clocks.
SKEW = "interval '1 second'"

_UNDISPATCHED = f"""
select id, subject_number as number, type, recorded_at from outbox_outboxevent
where dispatched_at is null and recorded_at < now() - {LIMIT}
"""  # noqa: S608

# What a parked delivery holds back waits for it and is shown with it.
_WAITING = f"""
select d.id, e.subject_number as number, e.type, d.handler, d.due_at
from outbox_delivery d join outbox_outboxevent e on e.id = d.event_id
where d.state = 'pending' and d.due_at < now() - {LIMIT}
  and not exists (
    select from outbox_delivery p
    where p.state = 'parked' and p.handler = d.handler and p.subject_id = d.subject_id
      and (p.subject_version, p.event_id) < (d.subject_version, d.event_id))
"""  # noqa: S608

# A handler that got events of a type before and after this one should have got it too.
_SKIPPED = """
with served as (
  select e.type, d.handler, min(e.dispatched_at) as first, max(e.dispatched_at) as last
  from outbox_delivery d join outbox_outboxevent e on e.id = d.event_id group by 1, 2)
select e.id, e.subject_number as number, e.type, s.handler
from outbox_outboxevent e join served s on s.type = e.type
  and e.dispatched_at > s.first and e.dispatched_at < s.last
where not exists (
  select from outbox_delivery d where d.event_id = e.id and d.handler = s.handler)
"""

_ODD = """
select d.id, e.subject_number as number, e.type, d.handler, d.state
from outbox_delivery d join outbox_outboxevent e on e.id = d.event_id
where d.state not in ('pending', 'done', 'parked') or (d.state = 'done') <> (d.done_at is not null)
  or e.dispatched_at is null
  or (d.subject_id, d.subject_version) <> (e.subject_id, coalesce(e.subject_version, 0))
"""

_DISORDER = f"""
with done as (
  select d.*, max(d.done_at) over (
    partition by d.handler, d.subject_id order by d.subject_version
    range between unbounded preceding and 1 preceding) as earlier_done_at,
    bool_or(d.state <> 'done') over (
    partition by d.handler, d.subject_id order by d.subject_version
    range between unbounded preceding and 1 preceding) as earlier_open
  from outbox_delivery d where d.subject_version > 0)
select d.id, e.subject_number as number, e.type, d.handler, d.subject_version
from done d join outbox_outboxevent e on e.id = d.event_id
where d.state = 'done' and (d.earlier_open or d.earlier_done_at > d.done_at + {SKEW})
"""  # noqa: S608

_TWICE = """
select (array_agg(d.id order by d.id))[2] as id, min(e.subject_number) as number,
  min(e.type) as type, d.handler, count(*) as deliveries
from outbox_delivery d join outbox_outboxevent e on e.id = d.event_id
group by d.event_id, d.handler having count(*) > 1
"""

_PARKED = """
select d.id, e.subject_number as number, e.type, d.handler, d.error
from outbox_delivery d join outbox_outboxevent e on e.id = d.event_id where d.state = 'parked'
"""

I13 = Invariant(
    id="I13",
    en="Every event was delivered to every handler once and in order, or is seen to wait",
    zh="每个事件都按序送达每个处理器一次，或显示为等待",
    looked_at=(
        "select (select count(*) from outbox_outboxevent) + (select count(*) from outbox_delivery)"
    ),
    rules=(
        rule(
            _UNDISPATCHED,
            "{type} waits since {recorded_at} to be dispatched; start `zhiliu serve`",
            "{type} 自 {recorded_at} 起等待分发；请启动 `zhiliu serve`",
        ),
        rule(
            _WAITING,
            "{type} waits since {due_at} for {handler}; start `zhiliu serve`",
            "{type} 自 {due_at} 起等待 {handler}；请启动 `zhiliu serve`",
        ),
        rule(
            _SKIPPED,
            "{type} never went to {handler}",
            "{type} 从未送达 {handler}",
        ),
        rule(
            _ODD,
            "the delivery of {type} to {handler} is {state}, which its event or time contradicts",
            "{type} 到 {handler} 的投递状态为 {state}，与事件或时间矛盾",
        ),
        rule(
            _DISORDER,
            "{handler} got {type} of version {subject_version} before an earlier version",
            "{handler} 先于更早版本收到版本 {subject_version} 的 {type}",
        ),
        rule(
            _TWICE,
            "{deliveries} deliveries of {type} to {handler}",
            "{type} 到 {handler} 有 {deliveries} 次投递",
        ),
    ),
    apart=(
        rule(
            _PARKED,
            "{type} is parked for {handler}: {error}",
            "{type} 在 {handler} 处搁置：{error}",
        ),
    ),
)

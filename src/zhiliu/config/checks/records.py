"""I5, I8, I10 and I12: one posting a command line, listed steps only, closed is closed, and an
audit entry for every version of every audited row."""

from collections.abc import Iterable

from django.apps import apps

from zhiliu.config.checks.invariant import Invariant, rule
from zhiliu.kernel.lifecycle import Lifecycle
from zhiliu.platform.evidence.models import AuditedModel

_TWICE = """
select (array_agg(m.id order by m.id))[2] as id, min(l.number) as number, m.command_id, m.line,
  count(*) as postings
from stock_move m join stock_lot l on l.id = m.lot_id
group by m.command_id, m.line having count(*) > 1
"""

_NO_COMMAND = """
select m.id, l.number, m.command_id, m.line
from stock_move m join stock_lot l on l.id = m.lot_id
where not exists (select from commands_donecommand d where d.command_id = m.command_id)
"""

_KEY_TWICE = """
select (array_agg(command_id order by command_id))[2] as id, key as number, operation,
  count(*) as effects
from commands_donecommand group by actor_id, operation, key having count(*) > 1
"""

I5 = Invariant(
    id="I5",
    en="One command line, one posting",
    zh="一条命令行只过账一次",
    looked_at="select count(*) from stock_move",
    rules=(
        rule(
            _TWICE,
            "line {line} of command {command_id} was posted {postings} times",
            "命令 {command_id} 的第 {line} 行过账 {postings} 次",
        ),
        rule(
            _NO_COMMAND,
            "posted as line {line} of command {command_id}, which nobody performed",
            "作为命令 {command_id} 的第 {line} 行过账，但没有该命令的执行记录",
        ),
        rule(
            _KEY_TWICE,
            "this idempotency key of {operation} had {effects} effects",
            "{operation} 的这个幂等键生效 {effects} 次",
        ),
    ),
)

# In which column each kind of record keeps its state.
_STATE = {"stock.lot": "status"}

_STEPS = """
with steps as (
  select a.*, s.field, a.changes #>> array[s.field, '0'] as was,
    a.changes #>> array[s.field, '1'] as became
  from evidence_auditentry a
    join unnest(%(kinds)s::text[], %(fields)s::text[]) s(kind, field) on s.kind = a.record_kind
  where jsonb_exists(a.changes, s.field))
"""

_UNLISTED = f"""
{_STEPS}
select s.id, {{label}} as number, s.record_kind, s.record_version, s.was, s.became
from steps s
where not exists (
  select from unnest(%(of)s::text[], %(sources)s::text[], %(targets)s::text[]) t(kind, was, became)
  where t.kind = s.record_kind and t.became = s.became and t.was = coalesce(s.was, ''))
"""  # noqa: S608

# The system and the import act without a row of their own (kernel.actor).
_NOBODY = f"""
{_STEPS}
select s.id, {{label}} as number, s.record_kind, s.became, s.actor_name
from steps s
where s.actor_name = '' or not (
  s.actor_id in ('00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000001',
    '00000000-0000-0000-0000-000000000002')
  or exists (select from access_user u where u.id = s.actor_id))
"""  # noqa: S608

# (table, what a row is called by, states, column of the time, of the actor, of the reason): a row
# in one of these states carries them.
_SIGNED = (
    ("stock_hold", "number", ("open", "lifted"), "placed_at", "placed_by", "reason"),
    ("stock_hold", "number", ("lifted",), "lifted_at", "lifted_by", "lift_reason"),
    ("stock_period", "starts_on::text", ("closed",), "closed_at", "closed_by", None),
    ("partners_supplyblock", "id::text", ("open", "lifted"), "placed_at", "placed_by", "reason"),
    ("partners_supplyblock", "id::text", ("lifted",), "lifted_at", "lifted_by", "lift_reason"),
    ("equipment_gauge", "number", ("in_service",), "state_since", "state_by", None),
    ("equipment_gauge", "number", ("retired",), "state_since", "state_by", "state_reason"),
    (
        "purchasing_order",
        "number",
        ("confirmed", "closed"),
        "confirmed_at",
        "confirmed_by",
        None,
    ),
    ("purchasing_order", "number", ("cancelled",), "ended_at", "ended_by", "end_reason"),
    ("purchasing_order", "number", ("closed",), "ended_at", "ended_by", None),
    (
        "inspections_inspection",
        "number",
        ("accepted", "not_accepted", "judged"),
        "decided_at",
        "decided_by",
        None,
    ),
    ("inspections_inspection", "number", ("cancelled",), "decided_at", "decided_by", None),
)


# A target that only signed verbs lead to; a verb is signed from when a version of the rule table
# first names it.
_UNSIGNED = f"""
{_STEPS},
asked as (
  select t.kind, t.became, t.verb, min(v.valid_from) as since
  from unnest(%(of)s::text[], %(targets)s::text[], %(verbs)s::text[]) t(kind, became, verb)
    left join (
      select v.valid_from, r from rules_ruleversion v
        cross join lateral jsonb_path_query(v.content, '$.nodes[*].content.rules[*]') r
      where v.code = 'signatures.signing_strength') v
    on position(quote_literal(t.kind) in v.r ->> 'kind') > 0
      and position(quote_literal(t.verb) in v.r ->> 'verb') > 0
  group by 1, 2, 3),
signed as (
  select kind, became, array_agg(verb) as verbs, max(since) as since
  from asked group by 1, 2 having bool_and(since is not null))
select s.id, {{label}} as number, s.record_kind, s.became, s.record_version, s.actor_name
from steps s join signed n on n.kind = s.record_kind and n.became = s.became
where s.recorded_at >= n.since and s.was is distinct from s.became and not exists (
  select from signatures_signature g
  where g.subject_id = s.record_id and g.subject_version = s.record_version
    and g.signer_id = s.actor_id and g.verb = any(n.verbs))
"""  # noqa: S608


def _incomplete() -> str:
    pieces = []
    for table, label, states, at, by, reason in _SIGNED:
        listed = ", ".join(f"'{state}'" for state in states)
        blank = f"btrim({reason}) = ''" if reason else "false"
        pieces.append(
            f"select id, {label} as number, '{table}' as kind, state from {table}"  # noqa: S608
            f" where state in ({listed}) and ({at} is null or {by} is null or {blank})"
        )
    return " union all ".join(pieces)


def listed_steps(lifecycles: Iterable[Lifecycle]) -> Invariant:
    """I8, over the lifecycles of the contexts: tables of data, the one thing that is shared."""
    known = list(lifecycles)
    moves = [
        (lifecycle.kind, was, became)
        for lifecycle in known
        for was, became in (*lifecycle.moves(), *(("", first) for first in lifecycle.initial))
    ]
    of, sources, targets = (list(column) for column in zip(*moves, strict=True))
    kinds = [lifecycle.kind for lifecycle in known]
    fields = [_STATE.get(kind, "state") for kind in kinds]
    label = _label_of_record("s.record_id", "s.record_kind")
    verbs = [(c.kind, str(t.target), verb) for c in known for verb, t in c.verbs.items()]
    kinds_and_fields = {"kinds": kinds, "fields": fields}
    return Invariant(
        id="I8",
        en="Only listed steps of a lifecycle, each with actor, time, reason and signature",
        zh="状态只按规定变化，且都有执行人、时间、原因和签名",
        looked_at="select count(*) from evidence_auditentry",
        rules=(
            rule(
                _UNLISTED.format(label=label),
                "{record_kind} went from {was} to {became}, which is no listed step",
                "{record_kind} 从 {was} 变为 {became}，不在规定的变化之列",
                of=of,
                sources=[str(s) for s in sources],
                targets=[str(t) for t in targets],
                **kinds_and_fields,
            ),
            rule(
                _NOBODY.format(label=label),
                "{record_kind} became {became} by an actor nobody knows ({actor_name})",
                "{record_kind} 变为 {became}，执行人不明（{actor_name}）",
                **kinds_and_fields,
            ),
            rule(
                _incomplete(),
                "{kind} is {state} without actor, time or reason",
                "{kind} 的状态为 {state}，但缺少执行人、时间或原因",
            ),
            rule(
                _UNSIGNED.format(label=label),
                "{record_kind} became {became} by {actor_name}, who did not sign it",
                "{record_kind} 由 {actor_name} 变为 {became}，但其未签署",
                of=[kind for kind, _, _ in verbs],
                targets=[target for _, target, _ in verbs],
                verbs=[verb for _, _, verb in verbs],
                **kinds_and_fields,
            ),
        ),
    )


# The closing waits for postings in flight, so what was recorded after its audit entry came later.
_LATE = """
select m.id, l.number, m.move_kind, m.occurred_at, m.recorded_at, p.starts_on, p.ends_on
from stock_period p
  join evidence_auditentry a on a.record_id = p.id and a.changes #>> '{state,1}' = 'closed'
  join stock_move m on m.company_id = p.company_id
    and m.occurred_at >= p.starts_at and m.occurred_at < p.ends_at and m.recorded_at > a.recorded_at
  join stock_lot l on l.id = m.lot_id
"""

I10 = Invariant(
    id="I10",
    en="Nothing occurred inside a period after it was closed",
    zh="期间关闭后，没有在其内发生的移动",
    looked_at="select count(*) from stock_move",
    rules=(
        rule(
            _LATE,
            "{move_kind} at {occurred_at} was recorded at {recorded_at}, after the period"
            " {starts_on} to {ends_on} was closed",
            "{occurred_at} 的 {move_kind} 于 {recorded_at} 记录，而期间 {starts_on} 至 {ends_on}"
            " 已关闭",
        ),
    ),
)

# Fields whose value must be the last audited one: what decides about a record.
_DECIDING = ("status", "state", "open_holds", "is_urgent", "is_active", "quantity", "open_quantity")
_LABELS = ("number", "code", "username", "revision")


def _audited() -> list[type[AuditedModel]]:
    return [model for model in apps.get_models() if issubclass(model, AuditedModel)]


def _label(model: type[AuditedModel], alias: str) -> str:
    names = {f.column for f in model._meta.concrete_fields}
    found = next((name for name in _LABELS if name in names), "id")
    return f"{alias}.{found}::text"


def _label_of_record(record_id: str, kind: str) -> str:
    """SQL for what people call a record, read only for the rows that are shown."""
    cases = " ".join(
        f"when '{model.kind}' then (select {_label(model, 't')} from {model._meta.db_table} t"  # noqa: S608
        f" where t.id = {record_id})"
        for model in _audited()
    )
    return f"coalesce(case {kind} {cases} end, {record_id}::text)"


def _all_audited() -> str:
    return " union all ".join(
        f"select '{model.kind}' as kind, t.id, t.version from {model._meta.db_table} t"  # noqa: S608
        for model in _audited()
    )


def _all_deciding() -> str:
    pieces = []
    for model in _audited():
        names = [f.column for f in model._meta.concrete_fields if f.column in _DECIDING]
        for name in names:
            pieces.append(
                f"select '{model.kind}' as kind, id, '{name}' as field, to_jsonb({name}) as value"  # noqa: S608
                f" from {model._meta.db_table}"
            )
    return " union all ".join(pieces)


def _gaps() -> str:
    return f"""
with kept as ({_all_audited()}),
entries as (
  select record_kind as kind, record_id as id, count(*) as entries, min(record_version) as first,
    max(record_version) as last
  from evidence_auditentry group by 1, 2)
select b.*, {_label_of_record("b.id", "b.kind")} as number
from (
  select id, kind, k.version, coalesce(e.entries, 0) as entries, e.first, e.last
  from kept k full join entries e using (kind, id)
  where k.version is null or e.entries is null
    or e.first <> 1 or e.last <> k.version or e.entries <> k.version) b
"""  # noqa: S608


def _differing() -> str:
    return f"""
with kept as ({_all_deciding()}),
last as (
  select distinct on (a.record_id, c.key) a.record_kind as kind, a.record_id as id, c.key as field,
    c.value -> 1 as audited
  from evidence_auditentry a cross join lateral jsonb_each(a.changes) c
  where c.key = any(%(fields)s)
  order by a.record_id, c.key, a.record_version desc)
select k.id, {_label_of_record("k.id", "k.kind")} as number, k.kind, k.field,
  k.value #>> '{{}}' as value, l.audited #>> '{{}}' as audited
from kept k join last l on l.kind = k.kind and l.id = k.id and l.field = k.field
where case when jsonb_typeof(k.value) = 'number' then k.value::text::numeric
    is distinct from (l.audited #>> '{{}}')::numeric
  else k.value is distinct from l.audited end
"""  # noqa: S608


def _broken_chain() -> str:
    return f"""
with steps as (
  select a.id, a.record_id, a.record_kind, a.record_version, c.key as field, c.value ->> 0 as was,
    lag(c.value ->> 1) over (
      partition by a.record_id, c.key order by a.record_version) as before
  from evidence_auditentry a cross join lateral jsonb_each(a.changes) c
  where c.key = any(%(fields)s))
select s.id, {_label_of_record("s.record_id", "s.record_kind")} as number, s.record_kind, s.field,
  s.record_version, s.was, s.before
from steps s
where s.record_version > 1 and s.before is distinct from s.was
"""  # noqa: S608


# The versions that a lot's gate keeps say what the audit entries of the lot say.
_OTHER_VERSION = """
select v.id, l.number, v.version, v.status, v.holds, a.changes #>> '{status,1}' as audited
from (
    select *, lag(status) over w as status_before, lag(jsonb_array_length(holds)) over w as before
    from stock_lotversion window w as (partition by lot_id order by version)) v
  join stock_lot l on l.id = v.lot_id
  join evidence_auditentry a on a.record_id = v.lot_id and a.record_version = v.version
where v.status <> coalesce(a.changes #>> '{status,1}', v.status_before)
  or jsonb_array_length(v.holds) <> coalesce((a.changes #>> '{open_holds,1}')::int, v.before)
"""


def audited_versions() -> Invariant:
    """I12, over every audited table that exists."""
    return Invariant(
        id="I12",
        en="Every version of every audited row has its audit entry, and the last is the row",
        zh="每个受审计的行的每个版本都有审计记录，且最后一条与行一致",
        looked_at=f"select count(*) from ({_all_audited()}) rows",  # noqa: S608
        rules=(
            rule(
                _gaps(),
                "{kind} is at version {version} and has {entries} audit entries, {first} to {last}",
                "{kind} 的版本为 {version}，审计记录 {entries} 条（{first} 至 {last}）",
            ),
            rule(
                _differing(),
                "{kind}: {field} is {value}, last audited as {audited}",
                "{kind}：{field} 为 {value}，最后审计值为 {audited}",
                fields=list(_DECIDING),
            ),
            rule(
                _broken_chain(),
                "{record_kind}: version {record_version} changed {field} from {was}, the entry"
                " before left {before}",
                "{record_kind}：版本 {record_version} 把 {field} 从 {was} 改变，而前一条记录为"
                " {before}",
                fields=list(_DECIDING),
            ),
            rule(
                _OTHER_VERSION,
                "version {version} of the lot says {status} with holds {holds}, its audit entry"
                " says otherwise",
                "批次版本 {version} 的状态为 {status}、冻结 {holds}，与审计记录不符",
            ),
        ),
    )

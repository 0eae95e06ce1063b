"""I14: a signed record still matches its signature, and the signature is as strong as it says."""

# ruff: noqa: S608 - table and column names come from the models

from typing import Any

from django.apps import apps
from django.db import connection, models

from zhiliu.config.checks.invariant import Find, Found, Invariant, Rule, rows_of, rule
from zhiliu.platform.evidence.models import AuditedModel

_OTHER_HASH = """
select id, subject_number as number, verb, signer_name
from signatures_signature
where sha256 <> encode(sha256(convert_to(canonical, 'UTF8')), 'hex')
"""

# The columns beside the signed text are there for the search; the text is what was signed.
# `offset 0` keeps the planner from reading the text anew for each of its parts.
_OTHER_TEXT = """
select s.id, s.subject_number as number, c.field, c.said, c.signed
from signatures_signature s cross join lateral (select s.canonical::jsonb as text offset 0) t
  cross join lateral (values
    ('subject_kind', s.subject_kind, t.text #>> '{subject,kind}'),
    ('subject_id', s.subject_id::text, t.text #>> '{subject,id}'),
    ('subject_number', s.subject_number, t.text #>> '{subject,number}'),
    ('subject_version', s.subject_version::text, t.text #>> '{subject,version}'),
    ('verb', s.verb, t.text ->> 'verb'),
    ('meaning', s.meaning, t.text ->> 'meaning'),
    ('signer_id', s.signer_id::text, t.text #>> '{signer,id}'),
    ('signer_name', s.signer_name, t.text #>> '{signer,name}'))
    c(field, said, signed)
where c.said is distinct from c.signed
"""

_OTHER_RULE = """
select s.id, s.subject_number as number, s.verb, s.strength, s.rule
from signatures_signature s
where not exists (
  select from rules_ruleversion v
    cross join lateral jsonb_path_query(v.content, '$.nodes[*].content.rules[*]') r
  where s.rule = v.code || '@' || v.version || '#' || (r ->> '_id')
    and btrim(r ->> 'strength', '''') = s.strength and btrim(r ->> 'meaning', '''') = s.meaning)
"""

_TOO_WEAK = """
select s.id, s.subject_number as number, s.verb, s.strength, s.method, s.signer_name
from signatures_signature s
where (s.strength <> 'recorded' and s.method not in ('password', 'totp'))
  or (s.strength = 'two_person' and not exists (
    select from signatures_signature e
    where e.subject_id = s.subject_id and e.id < s.id and e.signer_id <> s.signer_id))
  or (s.strength = 'two_person' and exists (
    select from signatures_signature e
    where e.subject_id = s.subject_id and e.id < s.id and e.signer_id = s.signer_id))
"""

_NO_VERSION = """
select s.id, s.subject_number as number, s.verb, s.subject_version
from signatures_signature s
where s.subject_kind = any(%(kinds)s::text[]) and not exists (
  select from evidence_auditentry a
  where a.record_id = s.subject_id and a.record_version = s.subject_version
    and a.record_kind = s.subject_kind and a.command_id = s.command_id)
"""

# What the record was audited with when it was signed: for each signed field that the record has,
# the last entry up to the signed version that tells of it.
_SIGNED_FIELDS = """
with said as (
  select s.id, s.subject_kind, s.subject_id, s.subject_number as number, s.subject_version, s.verb,
    c.key as field, c.value as signed
  from signatures_signature s cross join lateral jsonb_each(s.canonical::jsonb -> 'content') c),
audited as (
  select distinct on (f.id, f.field) f.*, a.record_version, a.changes -> f.field -> 1 as value
  from said f join evidence_auditentry a on a.record_id = f.subject_id
    and a.record_version <= f.subject_version and jsonb_exists(a.changes, f.field)
  order by f.id, f.field, a.record_version desc)
"""

_OTHER_ENTRY = f"""
{_SIGNED_FIELDS}
select id, number, verb, field, signed #>> '{{}}' as signed, value #>> '{{}}' as value
from audited where signed is distinct from value
"""

# A field that no later version changed says on the record what it said in the signed text.
_OTHER_RECORD = f"""
{_SIGNED_FIELDS},
standing as (
  select f.* from said f where not exists (
    select from evidence_auditentry a
    where a.record_id = f.subject_id and a.record_version > f.subject_version
      and jsonb_exists(a.changes, f.field))),
kept as ({{kept}})
select s.id, s.number, s.verb, s.field, s.signed #>> '{{{{}}}}' as signed, k.value
from standing s join kept k on k.kind = s.subject_kind and k.id = s.subject_id
  and k.field = s.field
where k.value is distinct from s.signed #>> '{{{{}}}}'
"""

_FIELDS = """
select distinct s.subject_kind, c.key
from signatures_signature s cross join lateral jsonb_each(s.canonical::jsonb -> 'content') c
"""


def _find_other_record(cursor: Any) -> Found:
    """Compares with the tables of the kinds that were signed, and with their signed columns."""
    cursor.execute(_FIELDS)
    signed = set(cursor.fetchall())
    pieces = [
        f"select '{model.kind}' as kind, id, '{field.attname}' as field,"
        f" {_as_signed(field)} as value from {model._meta.db_table}"
        for model in _audited()
        for field in model._meta.concrete_fields
        if (model.kind, field.attname) in signed
    ]
    if not pieces:
        return Found(0, [])
    return rows_of(cursor, _OTHER_RECORD.format(kept=" union all ".join(pieces)), {})


def _as_signed(field: "models.Field[Any, Any]") -> str:
    """SQL for a column's value as the text that was signed (kernel.refusal.as_json)."""
    kind, name = str(field.db_type(connection)), f'"{field.column}"'
    if kind.startswith("numeric"):
        return f"trim_scale({name})::text"
    if kind == "timestamp with time zone":
        moment = f"{name} at time zone 'UTC'"
        return (
            f"to_char({moment}, 'YYYY-MM-DD\"T\"HH24:MI:SS') || case when"
            f" {name} = date_trunc('second', {name}) then '' else to_char({moment}, '.US') end"
            " || '+00:00'"
        )
    return f"{name} #>> '{{}}'" if kind == "jsonb" else f"{name}::text"


def _audited() -> list[type[AuditedModel]]:
    return [model for model in apps.get_models() if issubclass(model, AuditedModel)]


def signed_records() -> Invariant:
    """I14, over every kind of record that was signed."""
    find: Find = _find_other_record
    return Invariant(
        id="I14",
        en="A signed record still matches its signature",
        zh="已签署的记录与其签名一致",
        looked_at="select count(*) from signatures_signature",
        rules=(
            rule(
                _OTHER_HASH,
                "`{verb}` was signed by {signer_name}, but the signed text has another hash",
                "{signer_name} 签署了 {verb}，但签署文本的哈希不符",
            ),
            rule(
                _OTHER_TEXT,
                "the signature says {field} {said}, its signed text {signed}",
                "签名的 {field} 为 {said}，签署文本为 {signed}",
            ),
            rule(
                _OTHER_RULE,
                "`{verb}` was signed {strength}, which {rule} does not say",
                "{verb} 以 {strength} 签署，但 {rule} 并非如此规定",
            ),
            rule(
                _TOO_WEAK,
                "`{verb}` was signed {strength} by {signer_name} alone, with {method}",
                "{verb} 以 {strength} 签署，但仅有 {signer_name} 以 {method} 签署",
            ),
            rule(
                _NO_VERSION,
                "`{verb}` was signed on version {subject_version}, which its act did not make",
                "{verb} 签署于版本 {subject_version}，但该操作并未产生此版本",
                kinds=[model.kind for model in _audited()],
            ),
            rule(
                _OTHER_ENTRY,
                "{field} was signed as {signed}, and audited as {value} (`{verb}`)",
                "{field} 签署为 {signed}，审计为 {value}（{verb}）",
            ),
            Rule(
                find,
                "{field} was signed as {signed}, and is {value} (`{verb}`)",
                "{field} 签署为 {signed}，现为 {value}（{verb}）",
            ),
        ),
    )

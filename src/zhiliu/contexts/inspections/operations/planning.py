"""Which plan each population follows, under which sampling states: read for all at once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhiliu.contexts.inspections.models import SamplingChange, SamplingState
from zhiliu.contexts.inspections.queries.contents import get_plan_contents
from zhiliu.contexts.inspections.rules.samples import PlanContent
from zhiliu.contexts.inspections.states import SamplingStatus, Stage
from zhiliu.kernel.command import Command
from zhiliu.platform.evidence.public import execute, flush, record_appended, record_created
from zhiliu.platform.rules.public import Decision, decide

STARTED = "started"  # the reason of the first row of a state's history

# For each material and supplier: the versions of plans that hold at a time, and the states.
_READ = b"""
select
  (select json_agg(json_build_array(v.id, p.material_id is not null, p.supplier_id is not null))
   from inspections_inspectionplan p
   join inspections_planversion v on v.plan_id = p.id
   where p.stage = $3
     and (p.material_id = m.id or (m."group" <> '' and p.material_group = m."group"))
     and (p.supplier_id is null or p.supplier_id = a.supplier_id)
     and v.state <> 'draft' and v.valid_from <= $4::timestamptz
     and (v.valid_to is null or v.valid_to > $4::timestamptz))::text,
  (select json_object_agg(s.severity_class, s.status)
   from inspections_samplingstate s
   where s.material_id = a.material_id and s.supplier_id = a.supplier_id)::text
from unnest($1::uuid[], $2::uuid[]) with ordinality a(material_id, supplier_id, n)
join catalog_material m on m.id = a.material_id
order by a.n
"""

# Whoever opens the first inspection of a material from a supplier makes its states; others wait.
_FIRST = b"""
select pg_advisory_xact_lock(k) from (
  select distinct hashtextextended('sampling ' || a.material_id || a.supplier_id, 0) as k
  from unnest($1::uuid[], $2::uuid[]) a(material_id, supplier_id) order by 1) keys
"""


@dataclass(frozen=True)
class Goods:
    """Of which goods an inspection is; the supplier is None for goods of nobody's."""

    material_id: UUID
    supplier_id: UUID | None


@dataclass(frozen=True)
class Planned:
    """The plan version that an inspection follows, why, and the status of each of its classes."""

    content: PlanContent
    rule: str
    statuses: Mapping[str, SamplingStatus]

    def status_of(self, severity_class: str) -> SamplingStatus:
        """The status of a class; normal where no supplier stands behind the goods."""
        return self.statuses.get(severity_class, SamplingStatus.NORMAL)

    @property
    def may_be_skipped(self) -> bool:
        """Every class of the plan has earned skip-lot, and the plan still allows it."""
        stated = self.content.stated_classes
        return bool(self.content.samplings) and all(
            sampling.may_skip
            and sampling.severity_class in stated
            and self.status_of(sampling.severity_class) == SamplingStatus.SKIP
            for sampling in self.content.samplings
        )


def plan_inspections(
    goods: Sequence[Goods], *, command: Command, at: datetime
) -> list[Planned | None]:
    """The plan of each population, None where no plan applies, in one statement.

    Among the plans that hold at `at` the rule table inspections.plan_choice ranks those of the
    material before those of its group, those of the supplier before those of all. States that are
    missing begin as inspections.sampling_start says, which costs two statements once for a
    material and supplier. Raises rules.Undecided.
    """
    read = _read(goods, at)
    contents = get_plan_contents(UUID(v[0]) for found, _ in read for v in found)
    planned = [_choose(found, states, contents) for found, states in read]
    wanting = [
        one
        for one, plan in zip(goods, planned, strict=True)
        if plan and one.supplier_id and plan.content.stated_classes.keys() - plan.statuses.keys()
    ]
    if not wanting:
        return planned
    flush()
    execute(_FIRST, _keys(wanting))
    made: dict[tuple[Goods, str], SamplingStatus] = {}
    for i, (found, states) in enumerate(_read(goods, at)):
        plan = _choose(found, states, contents)
        planned[i] = plan and _started(plan, goods[i], made, command, at)
    return planned


def _keys(goods: Sequence[Goods]) -> list[list[str | None]]:
    return [
        [str(g.material_id) for g in goods],
        [str(g.supplier_id) if g.supplier_id else None for g in goods],
    ]


def _read(goods: Sequence[Goods], at: datetime) -> list[tuple[list[Any], dict[str, str]]]:
    rows = execute(_READ, [*_keys(goods), Stage.INCOMING, at.isoformat()])
    return [(json.loads(found or "[]"), json.loads(states or "{}")) for found, states in rows]


def _choose(
    found: Sequence[Any], states: Mapping[str, str], contents: Mapping[UUID, PlanContent]
) -> Planned | None:
    ranked = []
    for version_id, is_for_material, is_for_supplier in found:
        decision = decide(
            "inspections.plan_choice",
            is_for_material=is_for_material,
            is_for_supplier=is_for_supplier,
        )
        ranked.append((decision["rank"], version_id, decision.rule))
    if not ranked:
        return None
    _, version_id, rule = max(ranked)
    statuses = {name: SamplingStatus(status) for name, status in states.items()}
    return Planned(contents[UUID(version_id)], rule, statuses)


def _started(
    plan: Planned,
    goods: Goods,
    made: dict[tuple[Goods, str], SamplingStatus],
    command: Command,
    at: datetime,
) -> Planned:
    """The plan with the states that were still missing, made now."""
    statuses = dict(plan.statuses)
    if goods.supplier_id is None:
        return plan
    for name, sampling in plan.content.stated_classes.items():
        if name in statuses:
            continue
        if (goods, name) not in made:
            decision = decide(
                "inspections.sampling_start", severity_class=name, scheme=sampling.scheme
            )
            made[goods, name] = decision["status"]
            _start(goods, goods.supplier_id, name, decision, command, at)
        statuses[name] = made[goods, name]
    return Planned(plan.content, plan.rule, statuses)


def _start(
    goods: Goods,
    supplier_id: UUID,
    severity_class: str,
    decision: Decision,
    command: Command,
    at: datetime,
) -> None:
    state = record_created(
        SamplingState(
            material_id=goods.material_id,
            supplier_id=supplier_id,
            severity_class=severity_class,
            status=decision["status"],
            since=at,
        ),
        command,
    )
    record_appended(
        SamplingChange(
            state_id=state.pk,
            was="",
            status=decision["status"],
            reason_code=STARTED,
            reason=command.reason,
            rule=decision.rule,
            changed_by=command.actor.id,
            command_id=command.id,
            occurred_at=at,
        )
    )

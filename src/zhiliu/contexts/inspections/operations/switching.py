"""Sampling states: what verdicts and people make of them."""

from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from zhiliu.contexts.inspections import rules
from zhiliu.contexts.inspections.errors import NotFound, ReasonMissing
from zhiliu.contexts.inspections.events import SamplingStateChanged, SupplyDiscontinued
from zhiliu.contexts.inspections.models import (
    Inspection,
    InspectionSample,
    SamplingChange,
    SamplingState,
)
from zhiliu.contexts.inspections.operations.sampled import Sampled
from zhiliu.contexts.inspections.operations.skipping import skip_rule
from zhiliu.contexts.inspections.permissions import where_state
from zhiliu.contexts.inspections.queries import names_of_state
from zhiliu.contexts.inspections.rules import StateFacts, Step
from zhiliu.contexts.inspections.rules.samples import outcome_of
from zhiliu.contexts.inspections.states import SamplingStatus, Scheme
from zhiliu.contexts.partners.models import SupplyBlock
from zhiliu.contexts.partners.public import (
    BlockedFunction,
    lift_supply_block,
    lock_open_block,
    place_supply_block,
)
from zhiliu.kernel.actor import SYSTEM
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import flush, record_appended, record_changed
from zhiliu.platform.outbox.public import record_event


def feed_states(
    inspection: Inspection, sampled: Sampled, *, command: Command, at: datetime
) -> None:
    """Move the states of an original inspection's classes by what its samples found.

    `sampled` holds them locked, so they are fed in the order of decision. A class whose reading
    stopped before it was accepted or not says nothing. What counts is what the samples found, also
    where a verdict overrode it. Emits SamplingStateChanged, SupplyDiscontinued.
    """
    for name, sampling in sampled.content.stated_classes.items():
        state = sampled.states.get(name)
        outcome = outcome_of([f for _, _, f in sampled.samples if f.severity_class == name])
        if state is None or outcome is None:
            continue
        skip, rule = skip_rule(name) if sampling.may_skip else (None, "")
        step = rules.after(facts_of_state(state), outcome, scheme=sampling.scheme, skip=skip)
        move_state(state, step, inspection.pk, rule, command=command, at=at)


def declare_steady(
    *, state_id: UUID, is_steady: bool, command: Command, at: datetime
) -> SamplingState:
    """Declare production steady and authorise reduced inspection, or take that back.

    ISO 2859-1:1999 clauses 9.3.3.1 c) and d), 9.3.4 b). With the score reached it leads to reduced
    inspection at once, taken back away from it. Raises NotFound, ReasonMissing; emits
    SamplingStateChanged when the status changes.
    """
    if not command.reason.strip():
        raise ReasonMissing(act="say whether production is steady")
    state = _lock_state(state_id, command)
    step = rules.after_steadiness(
        facts_of_state(state), is_steady=is_steady, scheme=_scheme_of(state)
    )
    move_state(state, step, None, "", command=command, at=at)
    return state


def resume_sampling(*, state_id: UUID, command: Command, at: datetime) -> SamplingState:
    """Go on with tightened inspection after the supplier has improved, with the reason.

    ISO 2859-1:1999 clause 9.4: the supplier has acted, and who is responsible agrees that it will
    help. With the last class that was discontinued the supply block that this had set is lifted,
    for the same reason; one that somebody placed stays. Raises NotFound, ReasonMissing,
    NotDiscontinued, partners' LiftedBeforePlaced; emits SamplingStateChanged (and partners'
    SupplyBlockLifted).
    """
    if not command.reason.strip():
        raise ReasonMissing(act="resume sampling inspection")
    state = _lock_state(state_id, command)
    for refusal in rules.can_resume(*names_of_state(state)):
        raise refusal
    step = rules.after_improvement(facts_of_state(state))
    block_id = state.supply_block_id
    move_state(state, step, None, "", command=command, at=at)
    if block_id is not None:
        _let_receive(state, block_id, command, at)
    return state


def facts_of_state(state: SamplingState) -> StateFacts:
    """What the switching rules ask of a state."""
    return StateFacts(
        status=SamplingStatus(state.status),
        score=state.score,
        accepted_run=state.accepted_run,
        recent=state.recent,
        tightened_failures=state.tightened_failures,
        is_steady=state.is_steady,
    )


def move_state(
    state: SamplingState,
    step: Step,
    inspection_id: UUID | None,
    rule: str,
    *,
    command: Command,
    at: datetime,
) -> None:
    """Record where a locked state stands now and, when its status changed, why."""
    was = state.status
    if step.reason is None:
        record_changed(state, command, **asdict(step.facts))
        return
    ends = step.facts.status == SamplingStatus.DISCONTINUED
    block_id = _block_receipts(state, command, at) if ends else None
    record_changed(state, command, **asdict(step.facts), since=at, supply_block_id=block_id)
    record_appended(
        SamplingChange(
            state_id=state.pk,
            inspection_id=inspection_id,
            was=was,
            status=state.status,
            reason_code=step.reason,
            reason=command.reason,
            rule=rule if SamplingStatus.SKIP in (was, state.status) else "",
            changed_by=command.actor.id,
            command_id=command.id,
            occurred_at=at,
        )
    )
    record_event(
        SamplingStateChanged(
            subject=_reference(state),
            company_id=None,
            site_id=None,
            material_id=state.material_id,
            supplier_id=state.supplier_id,
            severity_class=state.severity_class,
            was=was,
            status=state.status,
            reason_code=step.reason,
            inspection_id=inspection_id,
        ),
        command,
        at,
    )
    if state.status == SamplingStatus.DISCONTINUED:
        record_event(
            SupplyDiscontinued(
                subject=_reference(state),
                company_id=None,
                site_id=None,
                material_id=state.material_id,
                supplier_id=state.supplier_id,
                severity_class=state.severity_class,
                inspection_id=inspection_id,
            ),
            command,
            at,
        )


def _block_receipts(state: SamplingState, command: Command, at: datetime) -> UUID | None:
    """Block receipts of the material from the supplier, in the system's name: who inspects need
    not have the right to block suppliers.

    The block of another class that is discontinued holds for this one too; one that somebody placed
    is theirs, and is not remembered.
    """
    block = _lock_block(state)
    if block is not None:
        return block.pk if SamplingState.objects.filter(supply_block=block).exists() else None
    placed = place_supply_block(
        supplier_id=state.supplier_id,
        blocked_function=BlockedFunction.RECEIPT,
        material_id=state.material_id,
        reason=" ".join(rules.REASONS[rules.SwitchReason.FIVE_FAILED]),
        command=replace(command, actor=SYSTEM),
        at=at,
    )
    return placed.pk


def _let_receive(state: SamplingState, block_id: UUID, command: Command, at: datetime) -> None:
    """Lift the block that being discontinued set, unless another class still needs it or somebody
    has lifted it; under its lock, so that of two who resume at once the last one does."""
    block = _lock_block(state)
    if block is None or block.pk != block_id:
        return
    if not SamplingState.objects.filter(supply_block_id=block_id).exists():
        lift_supply_block(block_id=block_id, reason=command.reason, command=command, at=at)


def _lock_state(state_id: UUID, command: Command) -> SamplingState:
    flush()
    rows = SamplingState.objects.select_related("material", "supplier")
    state = rows.select_for_update(of=("self",), no_key=True).filter(pk=state_id).first()
    if state is None or not command.actor.may(command.operation, where_state(state)):
        raise NotFound(what="sampling state", given=str(state_id))
    return state


def _scheme_of(state: SamplingState) -> str:
    """The scheme of the last sample of the class, ISO before there is one."""
    last = InspectionSample.objects.filter(
        inspection__material_id=state.material_id,
        inspection__supplier_id=state.supplier_id,
        severity_class=state.severity_class,
    ).order_by("-id")
    return last.values_list("scheme", flat=True).first() or Scheme.ISO


def _reference(state: SamplingState) -> Reference:
    number = f"{state.material.number}/{state.supplier.number}/{state.severity_class}"
    return Reference(state.kind, state.pk, number, state.version)


def _lock_block(state: SamplingState) -> SupplyBlock | None:
    """The open block of receipts of the state's supplier and material, under its lock."""
    return lock_open_block(
        supplier_id=state.supplier_id,
        material_id=state.material_id,
        blocked_function=BlockedFunction.RECEIPT,
    )

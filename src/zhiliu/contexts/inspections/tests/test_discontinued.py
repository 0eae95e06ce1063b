"""What is discontinued blocks receipts, and is received again with the last class that goes on."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from tests.plant import Plant, build_plant
from tests.support import run
from tests.support_committing import at_once, committing

from zhiliu.contexts.inspections import operations
from zhiliu.contexts.inspections.models import SamplingChange, SamplingState
from zhiliu.contexts.inspections.operations.switching import facts_of_state, move_state
from zhiliu.contexts.inspections.rules import Outcome, after
from zhiliu.contexts.inspections.tests.conftest import act, hours
from zhiliu.contexts.partners import public as partners
from zhiliu.contexts.partners.models import SupplyBlock
from zhiliu.kernel.command import Command
from zhiliu.platform.evidence.public import record_created
from zhiliu.platform.outbox.models import OutboxEvent


@pytest.fixture
def yard(django_db_blocker: Any) -> Iterator[Plant]:
    """A plant whose acts commit."""
    with committing(django_db_blocker):
        yield build_plant()


def discontinued(material: UUID, supplier: UUID, severity_class: str) -> SamplingState:
    """A state that has just failed for the fifth time on tightened inspection."""

    def fail(command: Command, at: datetime) -> SamplingState:
        state = record_created(
            SamplingState(
                material_id=material,
                supplier_id=supplier,
                severity_class=severity_class,
                status="tightened",
                tightened_failures=4,
                since=at,
            ),
            command,
        )
        outcome = Outcome(is_original=True, accepted=False)
        step = after(facts_of_state(state), outcome, scheme="iso")
        move_state(state, step, None, "", command=command, at=at)
        return state

    made: SamplingState = act(fail, hour=1)
    return made


def block(material: UUID, supplier: UUID, reason: str, hour: int) -> None:
    """Somebody blocks receipts of the material from the supplier."""
    run(
        lambda command, at: partners.place_supply_block(
            supplier_id=supplier,
            material_id=material,
            blocked_function=partners.BlockedFunction.RECEIPT,
            reason=reason,
            command=command,
            at=at,
        ),
        at=hours(hour),
    )


def lift(block_id: UUID, hour: int) -> None:
    """Somebody lifts a block."""
    run(
        lambda command, at: partners.lift_supply_block(
            block_id=block_id, reason="agreed", command=command, at=at
        ),
        at=hours(hour),
    )


@pytest.mark.django_db
def test_resuming_lifts_only_the_block_that_being_discontinued_set(plant: Plant) -> None:
    """Two classes are discontinued: the block of receipts ends with the second that goes on."""
    material, supplier = plant.material("bearing"), plant.supplier
    states = {name: discontinued(material, supplier, name) for name in ("critical", "major")}
    (block,) = SupplyBlock.objects.all()
    assert {s.supply_block_id for s in SamplingState.objects.all()} == {block.pk}

    act(operations.resume_sampling, hour=2, reason="8D", state_id=states["critical"].pk)
    assert SupplyBlock.objects.get().state == "open"
    act(operations.resume_sampling, hour=3, reason="new tool", state_id=states["major"].pk)

    lifted = SupplyBlock.objects.get()
    assert (lifted.state, lifted.lift_reason, lifted.lifted_at) == ("lifted", "new tool", hours(3))
    assert lifted.lifted_by == SamplingChange.objects.latest("id").changed_by
    assert OutboxEvent.objects.filter(type="partners.supply_block_lifted.v1").count() == 1


@pytest.mark.django_db
def test_resuming_leaves_the_block_that_somebody_placed(plant: Plant) -> None:
    material, supplier = plant.material("bearing"), plant.supplier
    block(material, supplier, "unpaid", 0)
    before = discontinued(material, supplier, "major")
    assert before.supply_block_id is None
    act(operations.resume_sampling, hour=2, reason="8D", state_id=before.pk)
    (theirs,) = SupplyBlock.objects.all()
    assert theirs.state == "open"
    lift(theirs.pk, 3)

    state = discontinued(material, supplier, "critical")
    assert state.supply_block_id is not None
    lift(state.supply_block_id, 4)
    block(material, supplier, "fraud", 5)
    act(operations.resume_sampling, hour=6, reason="8D", state_id=state.pk)

    assert [b.reason for b in SupplyBlock.objects.filter(state="open")] == ["fraud"]


@pytest.mark.parametrize("repeat", range(5))
def test_of_two_who_resume_at_once_the_last_one_lifts(yard: Plant, repeat: int) -> None:
    material, supplier = yard.material("bearing"), yard.supplier
    states = [discontinued(material, supplier, name) for name in ("critical", "major", "minor")]

    answers = at_once(
        lambda n: act(operations.resume_sampling, hour=2, reason=f"8D {n}", state_id=states[n].pk),
        3,
    )

    assert not [a for a in answers if isinstance(a, Exception)], answers
    assert {s.status for s in SamplingState.objects.all()} == {"tightened"}
    assert SupplyBlock.objects.get().state == "lifted"
    assert OutboxEvent.objects.filter(type="partners.supply_block_lifted.v1").count() == 1

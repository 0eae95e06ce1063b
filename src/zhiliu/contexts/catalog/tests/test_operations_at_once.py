"""Acts on the catalogue that really happen at once."""

from contextlib import ExitStack
from typing import Any

import pytest
from django.db import transaction
from tests.support_committing import at_once, committing, in_thread

from zhiliu.contexts.catalog.models import (
    BillLine,
    Material,
    UnitConversion,
)
from zhiliu.contexts.catalog.tests.acts import a_bill_line, perform
from zhiliu.contexts.catalog.tests.conftest import make_plant
from zhiliu.kernel.refusal import Refusal

WORKERS = 8


def refusals(answers: list[Any]) -> list[str]:
    """The codes of what was refused; a bug shows its repr and so fails the comparison."""
    failed = [a for a in answers if isinstance(a, Exception)]
    return [a.code if isinstance(a, Refusal) else repr(a) for a in failed]


def test_a_bill_waits_for_another_that_could_close_a_loop(django_db_blocker: Any) -> None:
    with committing(django_db_blocker), ExitStack() as threads:
        plant = make_plant()
        back = a_bill_line(plant, assembly_id=plant.bolt.id, component_id=plant.frame.id)

        with transaction.atomic():
            perform("add_bill_line", a_bill_line(plant))
            answer = threads.enter_context(in_thread(lambda: perform("add_bill_line", back)))
            with pytest.raises(TimeoutError):
                answer.result(timeout=0.5)
        with pytest.raises(Refusal) as refused:
            answer.result(timeout=10)

        assert refused.value.code == "catalog.bill_loop"
        assert BillLine.objects.count() == 1


def test_at_once_no_second_conversion_and_no_lost_edit(django_db_blocker: Any) -> None:
    with committing(django_db_blocker):
        plant = make_plant()

        pairs = [(plant.box.id, plant.piece.id), (plant.piece.id, plant.box.id)]
        conversions = at_once(
            lambda n: perform(
                "add_unit_conversion",
                {"from_unit_id": pairs[n % 2][0], "to_unit_id": pairs[n % 2][1], "numerator": 1},
            ),
            WORKERS,
        )
        edits = at_once(
            lambda n: perform(
                "change_material",
                {
                    "material_id": plant.bolt.id,
                    "expected_version": 1,
                    "changes": {"name": f"bolt {n}"},
                },
            ),
            WORKERS,
        )

        assert set(refusals(conversions)) <= {"catalog.already_exists", "commands.conflict"}
        assert UnitConversion.objects.count() == 1
        assert refusals(edits) == ["commands.version_mismatch"] * (WORKERS - 1)
        assert Material.objects.get(pk=plant.bolt.id).version == 2

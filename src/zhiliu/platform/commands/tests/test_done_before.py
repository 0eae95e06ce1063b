"""What was done before is known from one query, with the answer it gave."""

from decimal import Decimal

import pytest

from zhiliu.kernel.actor import IMPORT, SYSTEM
from zhiliu.kernel.clock import server_time
from zhiliu.platform.commands.errors import KeyReused
from zhiliu.platform.commands.public import DoneBefore, perform

pytestmark = pytest.mark.django_db
CONTENT = {"quantity": Decimal("1.50"), "name": "轴承"}


@pytest.fixture
def answer():
    return perform(
        actor=IMPORT,
        operation="tests.act",
        key="source:1",
        content=CONTENT,
        call=lambda command, at: {"made": 1},
        recorded_at=server_time(),
    )


def test_the_answer_is_the_stored_one(answer, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        found = DoneBefore(IMPORT, "source:").answer("tests.act", "source:1", CONTENT)

    assert found is not None
    assert (found.status, found.text, found.is_repeat) == (answer.status, '{"made":1}', True)


def test_another_operation_key_prefix_or_actor_was_not_done(answer) -> None:
    before = DoneBefore(IMPORT, "source:")

    assert before.answer("tests.other", "source:1", CONTENT) is None
    assert before.answer("tests.act", "source:2", CONTENT) is None
    assert DoneBefore(IMPORT, "other:").answer("tests.act", "source:1", CONTENT) is None
    assert DoneBefore(SYSTEM, "source:").answer("tests.act", "source:1", CONTENT) is None


def test_other_content_is_refused_by_field(answer) -> None:
    with pytest.raises(KeyReused) as refused:
        DoneBefore(IMPORT, "source:").answer("tests.act", "source:1", CONTENT | {"name": "轴"})

    assert refused.value.field == "name"

"""What a write answered and what a read shows are the same text."""

import pytest
from tests.support import caller

pytestmark = pytest.mark.django_db


def test_a_time_reads_back_as_it_was_answered():
    clerk = caller()

    made = clerk.post("/partners", number="S-77", name="供应商", roles=["supplier"])
    block = clerk.post(
        "/supply-blocks", supplier_id=made["id"], blocked_function="order", reason="late"
    )

    read = clerk.get(f"/supply-blocks/{block['id']}")

    assert read["placed_at"] == block["placed_at"]

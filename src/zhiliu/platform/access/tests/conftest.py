"""Fixtures of the tests of access."""

import pytest
from tests.support import run

from zhiliu.platform.access.operations import (
    bootstrap_administrator,
)
from zhiliu.platform.access.queries import forget_actors
from zhiliu.platform.access.tests.acting import PASSWORD


@pytest.fixture(autouse=True)
def nothing_remembered():
    forget_actors()


@pytest.fixture
def administrator():
    return run(
        lambda command, at: bootstrap_administrator(
            username="admin", name="管理员", password=PASSWORD, command=command, at=at
        )
    )

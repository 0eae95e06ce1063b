"""Every story has a plant of its own, on a database that is rolled back after it."""

from typing import Any

import pytest

from tests.stories.plant import Plant, open_plant


@pytest.fixture
def plant(db: Any) -> Plant:
    """A new plant, empty."""
    return open_plant()

import pytest

from zhiliu.contexts.nonconformance.tests.floor import Floor, build_floor


@pytest.fixture
def floor(db: None) -> Floor:
    return build_floor()

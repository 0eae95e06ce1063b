"""Fixtures for all tests; the database comes from `zhiliu.config.launch.pytest_database`."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def django_db_setup() -> Iterator[None]:
    """pytest-django finds the database ready."""
    yield

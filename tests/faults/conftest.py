"""An installation that may be killed; afterwards no process of it is left."""

from tests.launch.conftest import installation, pytest_configure

__all__ = ["installation", "pytest_configure"]

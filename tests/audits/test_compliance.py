"""What the compliance table claims exists: every operation, every test."""

import re

import pytest

from tests.audits.building import ROOT
from zhiliu.platform.access.public import all_permissions

TABLE = (ROOT / "docs" / "compliance" / "README.md").read_text(encoding="utf-8")
TESTS = re.findall(r"`([\w/]+\.py)::(test_\w+)`", TABLE)
OPERATIONS = sorted(set(re.findall(r"`([a-z]+\.[a-z_]+)`", TABLE)))


@pytest.mark.parametrize(("file", "name"), TESTS)
def test_a_proof_exists(file: str, name: str) -> None:
    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_exists(operation: str) -> None:
    assert operation in {permission.operation for permission in all_permissions()}


def test_every_row_names_its_proof() -> None:
    rows = [line for line in TABLE.splitlines() if re.match(r"\| (\(|\d)", line)]

    assert len(rows) == len(TESTS) > 20
    assert OPERATIONS

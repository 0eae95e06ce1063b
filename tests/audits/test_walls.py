"""The import contracts hold, name every context and app, and each of them can fail."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.audits.building import ROOT, SOURCE
from zhiliu.config.contexts import BUILT_CONTEXTS, BUILT_PLATFORM, CONTEXT_ORDER, PLATFORM_ORDER

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]

# contract -> (where an import is planted, the import). Each breaks that wall and no other.
PLANTED = {
    "storeys": ("platform/jobs/schedule.py", "from zhiliu.config import contexts"),
    "order": ("contexts/partners/api/schemas.py", "from zhiliu.contexts.stock import public"),
    "platform-order": (
        "platform/numbering/operations.py",
        "from zhiliu.platform.commands import public",
    ),
    "rooms": ("contexts/catalog/queries.py", "from zhiliu.contexts.catalog import public"),
    "front-door": (
        "contexts/stock/queries/__init__.py",
        "from zhiliu.contexts.catalog import queries",
    ),
    "platform-door": ("contexts/catalog/queries.py", "from zhiliu.platform.evidence import writes"),
    "pure": ("contexts/catalog/rules.py", "from django.db import models"),
}


def layers(contract_id: str) -> list[str]:
    (contract,) = (c for c in CONTRACTS if c["id"] == contract_id)
    return list(contract["layers"])


@pytest.mark.parametrize(
    ("contract_id", "order", "built"),
    [
        ("order", CONTEXT_ORDER, BUILT_CONTEXTS),
        ("platform-order", PLATFORM_ORDER, BUILT_PLATFORM),
    ],
)
def test_the_contracts_name_the_order_of_the_building(
    contract_id: str, order: tuple[str, ...], built: tuple[str, ...]
) -> None:
    declared = [layer for layer in layers(contract_id) if layer != "(database)"]  # no app
    assert declared == [n if n in built else f"({n})" for n in order]


def test_the_contracts_ignore_what_platform_tests_import_and_the_command_without_django() -> None:
    ignored = [line for c in CONTRACTS for line in c.get("ignore_imports", ())]

    assert ignored == [
        "zhiliu.platform.*.tests.** -> zhiliu.platform.**",
        "zhiliu.config.sampling -> zhiliu.contexts.inspections.rules.sampling",
    ]


def broken(folder: Path) -> set[str]:
    """The names of the contracts that a copy of the building breaks."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.path.insert(0, sys.argv.pop(1)); "
            "from importlinter.cli import lint_imports_command as c; c()",
            str(folder / "src"),
            "--config",
            str(folder / "pyproject.toml"),
            "--no-cache",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    names = {c["name"]: c["id"] for c in CONTRACTS}
    lines = done.stdout.splitlines()
    found = {names[line.split(" BROKEN")[0]] for line in lines if " BROKEN" in line}
    kept = [line for line in lines if " KEPT" in line]
    assert len(found) + len(kept) == len(CONTRACTS), done.stdout + done.stderr
    assert (done.returncode != 0) is bool(found)
    return found


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("building")
    ignored = shutil.ignore_patterns("__pycache__", "data")
    shutil.copytree(SOURCE, folder / "src" / "zhiliu", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_walls_stand(copy: Path) -> None:
    assert broken(copy) == set()


def test_every_contract_has_its_planted_violation() -> None:
    assert set(PLANTED) == {c["id"] for c in CONTRACTS}


@pytest.mark.parametrize("contract_id", PLANTED)
def test_a_planted_import_breaks_exactly_that_wall(copy: Path, contract_id: str) -> None:
    where, line = PLANTED[contract_id]
    file = copy / "src" / "zhiliu" / where
    text = file.read_text(encoding="utf-8")

    file.write_text(f"{text}\n{line}\n", encoding="utf-8")
    try:
        assert broken(copy) == {contract_id}
    finally:
        file.write_text(text, encoding="utf-8")

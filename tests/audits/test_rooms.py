"""Every context has the same rooms, explains itself, and keeps its files small enough to read."""

import ast
import re
from pathlib import Path

import pytest

from tests.audits.building import (
    CONTEXTS,
    FORBIDDEN_NAMES,
    NOT_ROOMS,
    ROOMS,
    ROOT,
    SOURCE,
    python_files,
    room_files,
    shown,
)
from zhiliu.config.contexts import BUILT_CONTEXTS, BUILT_PLATFORM, CONTEXT_ORDER, PLATFORM_ORDER

FILE_LINES = 450
FUNCTION_LINES = 65
TESTED_ROOMS = ("rules", "operations", "queries", "api", "reactions", "jobs")


@pytest.mark.parametrize("context", BUILT_CONTEXTS)
def test_a_context_has_only_the_rooms_of_the_house(context: str) -> None:
    found = {
        entry.name if entry.name in NOT_ROOMS else entry.name.removesuffix(".py")
        for entry in (CONTEXTS / context).iterdir()
        if entry.name != "__pycache__"
    }

    assert found - NOT_ROOMS <= ROOMS


@pytest.mark.parametrize("context", BUILT_CONTEXTS)
def test_packaged_data_holds_no_code(context: str) -> None:
    assert list((CONTEXTS / context / "data").rglob("*.py")) == []


@pytest.mark.parametrize("context", BUILT_CONTEXTS)
def test_every_template_of_a_print_is_used(context: str) -> None:
    """The room holds templates and nothing else, each named by an operation."""
    room = CONTEXTS / context / "prints"
    code = "".join(f.read_text(encoding="utf-8") for f in room_files(context, "operations"))

    found = [f.name for f in room.rglob("*")] if room.exists() else []
    assert [name for name in found if not name.endswith(".typ") or name not in code] == []


@pytest.mark.parametrize("context", BUILT_CONTEXTS)
def test_a_context_explains_itself(context: str) -> None:
    page = CONTEXTS / context / "README.md"

    assert page.exists()
    text = page.read_text(encoding="utf-8").lower()
    assert [w for w in ("word", "invariant", "events") if w not in text] == []


@pytest.mark.parametrize("context", BUILT_CONTEXTS)
def test_every_room_with_behaviour_has_its_tests(context: str) -> None:
    tests = CONTEXTS / context / "tests"
    missing = [
        f"test_{room}"
        for room in TESTED_ROOMS
        if [f for f in room_files(context, room) if f.name != "__init__.py" or f.stat().st_size]
        and not list(tests.glob(f"test_{room}*.py"))
    ]

    assert missing == []


def test_the_storeys_hold_what_the_order_of_the_building_names() -> None:
    contexts = {p.name for p in CONTEXTS.iterdir() if p.is_dir() and p.name != "__pycache__"}
    platform = {
        p.name for p in (SOURCE / "platform").iterdir() if p.is_dir() and p.name != "__pycache__"
    }

    assert contexts == set(BUILT_CONTEXTS)
    assert platform == set(BUILT_PLATFORM)
    assert list(BUILT_CONTEXTS) == [c for c in reversed(CONTEXT_ORDER) if c in BUILT_CONTEXTS]
    assert list(BUILT_PLATFORM) == [a for a in reversed(PLATFORM_ORDER) if a in BUILT_PLATFORM]


def test_no_module_has_a_name_that_says_nothing() -> None:
    found = [
        shown(file)
        for file in (*python_files(SOURCE), *python_files(ROOT / "tests"))
        if {file.stem, file.parent.name} & FORBIDDEN_NAMES
    ]

    assert found == []


def test_no_admin_no_signals_no_clock_in_operations() -> None:
    """They write past operations, hide calls, or make an operation depend on when it runs."""
    forbidden = re.compile(
        r"django\.contrib\.admin|django\.dispatch|models\.signals"
        r"|timezone\.now\(|datetime\.now\(|server_time\("
    )
    found = [
        shown(file)
        for context in BUILT_CONTEXTS
        for room in ("operations", "rules", "models", "queries", "reactions")
        for file in room_files(context, room)
        if forbidden.search(file.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_no_row_is_saved_past_the_evidence() -> None:
    """Everything is recorded: no save, create, update, delete or bulk write of the ORM."""
    writing = re.compile(
        r"\.(save|bulk_create|bulk_update|get_or_create|update_or_create)\(|objects\.create\("
        r"|\.delete\(\)"
    )
    found = [
        f"{shown(file)}: {match.group(0)}"
        for context in BUILT_CONTEXTS
        for room in ("operations", "queries", "reactions", "jobs", "api", "permissions")
        for file in room_files(context, room)
        if (match := writing.search(file.read_text(encoding="utf-8")))
    ]

    # What remains of a bound ends with it; the lot's versions keep the bounds that were set.
    assert found == ["src/zhiliu/contexts/stock/operations/status.py: .delete()"]


def test_no_context_makes_rows_of_another() -> None:
    """A lower context's rows are read through foreign keys and written by its operations only."""
    found = []
    for context in BUILT_CONTEXTS:
        for file in python_files(CONTEXTS / context):
            if "tests" in file.parts:
                continue
            tree = ast.parse(file.read_text(encoding="utf-8"))
            foreign = {
                alias.asname or alias.name
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom)
                and (node.module or "").startswith("zhiliu.contexts.")
                and ".models" in (node.module or "")
                and not (node.module or "").startswith(f"zhiliu.contexts.{context}.")
                for alias in node.names
            }
            found += [
                f"{shown(file)}:{node.lineno} {node.func.id}"
                for node in ast.walk(tree)
                if isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in foreign
            ]

    assert found == []


def test_files_stay_short_enough_to_read() -> None:
    found = {
        shown(file): length
        for file in (*python_files(SOURCE), *python_files(ROOT / "tests"))
        if (length := len(file.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    }

    assert found == {}


def test_functions_stay_short_enough_to_read() -> None:
    found = {
        f"{shown(file)}:{node.name}": length
        for file in (*python_files(SOURCE), *python_files(ROOT / "tests"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    }

    assert found == {}


def test_every_module_says_what_it_is() -> None:
    found = [
        shown(file)
        for file in python_files(SOURCE)
        if file.name not in ("__init__.py", "apps.py")
        and not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
        and "tests" not in file.parts
    ]

    assert found == []


WRITTEN = {".py", ".md", ".toml", ".json", ".txt", ".lock", ".js", ".css", ".html", ".svg", ""}
HOST_PATH = re.compile("/" + r"(work|root)/[a-z.]|/home/[a-z]+/|/tmp/[a-z]+/brief|[C-E]:\\Users")


def test_no_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    folders = [SOURCE, *(ROOT / name for name in ("tests", "docs", ".ci"))]
    files: list[Path] = [f for folder in folders for f in folder.rglob("*")]
    files += [f for f in ROOT.iterdir() if not f.name.startswith(".")]
    found = [
        f"{shown(file)}: {match.group(0)}"
        for file in files
        if file.is_file() and file.suffix in WRITTEN and "__pycache__" not in file.parts
        if (match := HOST_PATH.search(file.read_text(encoding="utf-8", errors="ignore")))
    ]

    assert found == []


def test_no_work_is_left_for_later_in_the_code() -> None:
    later = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b|pytest\.mark\.(skip|xfail)\b")
    found = [
        f"{shown(file)}: {match.group(0)}"
        for file in (*python_files(SOURCE), *python_files(ROOT / "tests"))
        if (match := later.search(file.read_text(encoding="utf-8")))
    ]

    assert found == []

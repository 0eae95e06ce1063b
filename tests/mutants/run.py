"""`make mutants`: take one guard away at a time and see the suite go red.

Each mutation is made in a copy of the tree (in the source, or in the database that the tests'
template is made from), and the few tests that should notice run on it. Prints a table; exit 1 when
a mutation survives or cannot be made any more, and when the tests are not green without any.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.mutants.mutations import MIGRATE, MUTATIONS, Mutation

ROOT = Path(__file__).parents[2]
COPIED = ("src", "tests", "conftest.py", "pyproject.toml", "openapi.json", "docs")
PATIENCE_SECONDS = 900
SURVIVED = "SURVIVED"
GRANTED = "    grant_application_role()\n"  # after it the database is as the tests find it
NOT_MADE = "NOT MADE: what it takes away is not there"


class NotRun(Exception):
    """The tests could not even start, such as when the SQL of a mutation fails."""


def main() -> int:
    """Run all mutations, or those whose name contains an argument."""
    wanted = [m for m in MUTATIONS if not sys.argv[1:] or any(a in m.name for a in sys.argv[1:])]
    with tempfile.TemporaryDirectory(prefix="zhiliu-mutants-") as folder:
        tree = Path(folder)
        copy(tree)
        tests = sorted({t for m in wanted for t in m.tests})
        red = run(tree, tests)
        if red:
            print("not green without any mutation:", *red, sep="\n  ")
            return 1
        rows = [(m.name, verdict(tree, m)) for m in wanted]
    width = max(len(name) for name, _ in rows)
    print(f"\n{'taken away':{width}} | red test")
    for name, found in rows:
        print(f"{name:{width}} | {found}")
    wrong = sum(found in (SURVIVED, NOT_MADE) for _, found in rows)
    print(f"\n{len(rows)} mutations, {wrong} survived or not made")
    return int(wrong > 0)


def copy(tree: Path) -> None:
    """Copy what the tests need."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, tree / name, dirs_exist_ok=True, ignore=ignored)
        else:
            shutil.copy(ROOT / name, tree / name)


def verdict(tree: Path, mutation: Mutation) -> str:
    """The first test that noticed; the copy is whole again afterwards."""
    edits = list(mutation.edits)
    if mutation.sql:
        more = (
            "    from django.db import connection\n\n"
            f"    with connection.cursor() as cursor:\n        cursor.execute({mutation.sql!r})\n"
        )
        edits.append((MIGRATE, GRANTED, GRANTED + more))
    before = {file: (tree / file).read_text("utf-8") for file, _, _ in edits}
    try:
        for file, text, instead in edits:
            source = (tree / file).read_text("utf-8")
            if source.count(text) != 1:
                return NOT_MADE
            (tree / file).write_text(source.replace(text, instead), "utf-8")
        red = run(tree, mutation.tests)
        found = red[0] if red else SURVIVED
    except NotRun as problem:
        print(problem, file=sys.stderr)
        found = NOT_MADE
    finally:
        for file, source in before.items():
            (tree / file).write_text(source, "utf-8")
    print(f"{mutation.name}: {found}", flush=True)
    return found


def run(tree: Path, tests: Sequence[str]) -> list[str]:
    """Run tests in the copy until the first one fails; the names of those that failed."""
    path = os.pathsep.join((str(tree / "src"), str(tree)))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("ZHILIU_NIGHTLY", None)
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "-p", "no:randomly"]
    done = subprocess.run(
        [*command, "-rfE", *tests],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )
    if done.returncode == 0:
        return []
    red = re.findall(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", done.stdout, re.MULTILINE)
    if done.returncode != 1 or not red:
        raise NotRun(f"the tests did not run:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return red


if __name__ == "__main__":
    sys.exit(main())

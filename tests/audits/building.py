"""What the audits walk over: folders, source files and the registries."""

import ast
from collections.abc import Iterator
from pathlib import Path

from zhiliu.config.contexts import BUILT_CONTEXTS, BUILT_PLATFORM, CONTEXT_ORDER, PLATFORM_ORDER

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "zhiliu"
CONTEXTS = SOURCE / "contexts"

FLOORS = (*reversed(PLATFORM_ORDER), *reversed(CONTEXT_ORDER))  # bottom up, built or not
BUILT = (*BUILT_PLATFORM, *BUILT_CONTEXTS)

ROOMS = {
    "states",
    "events",
    "errors",
    "rules",
    "models",
    "prints",
    "permissions",
    "queries",
    "operations",
    "public",
    "api",
    "jobs",
    "reactions",
    "migrations",
    "tests",
}
# What Django asks for, the page that explains the context, and packaged tables without code.
NOT_ROOMS = {"__init__.py", "apps.py", "README.md", "data"}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "managers", "service", "services"} | {
    "misc",
    "util",
    "helper",
}


def python_files(folder: Path) -> Iterator[Path]:
    """Every Python file that people write: no migrations."""
    for file in sorted(folder.rglob("*.py")):
        if "migrations" not in file.parts:
            yield file


def shown(file: Path) -> str:
    """A path as it is named in the repository."""
    return str(file.relative_to(ROOT))


def texts_in(file: Path) -> set[str]:
    """Every string constant of a Python file."""
    return {
        node.value
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def room_files(context: str, room: str) -> list[Path]:
    """The files of a room: one module, or a package of them."""
    folder = CONTEXTS / context / room
    single = folder.with_suffix(".py")
    return [single] if single.exists() else sorted(folder.glob("*.py"))

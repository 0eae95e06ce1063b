"""Records whose files are fixed from some moment on, as what they are part of is.

The context that owns a kind says when: a drawing of an approved inspection plan is part of what was
approved.
"""

from collections.abc import Callable, Mapping
from uuid import UUID

Check = Callable[[UUID], None]

_checks: dict[str, Check] = {}


def register_file_checks(checks: Mapping[str, Check]) -> None:
    """Register what a context's `public` names as its `FILE_CHECKS`, by kind of record.

    A check is asked before a file is attached to a record or withdrawn. It locks what fixes the
    files, so that nothing is attached beside an approval, and raises when they are fixed.
    """
    for kind, check in checks.items():
        if _checks.setdefault(kind, check) is not check:
            raise ValueError(f"the files of {kind} are checked twice")


def check_files_open(kind: str, record_id: UUID) -> None:
    """Raise what the record's context refuses once its files are fixed; others may change."""
    check = _checks.get(kind)
    if check is not None:
        check(record_id)

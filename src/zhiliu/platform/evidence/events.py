"""The public facts of evidence."""

from dataclasses import dataclass

from zhiliu.kernel.event import Event


@dataclass(frozen=True)
class CheckRunAsked(Event):
    """Somebody, or the night's schedule, wants all invariants looked at."""

    type = "evidence.check_run_asked.v1"


@dataclass(frozen=True)
class CheckRunStarted(Event):
    """The worker looks at all invariants from now on."""

    type = "evidence.check_run_started.v1"


@dataclass(frozen=True)
class InvariantViolated(Event):
    """Rows violate the invariant `code`, as a check run found; `numbers` name the first of them."""

    code: str
    title_en: str
    title_zh: str
    violation_count: int
    numbers: list[str]

    type = "evidence.invariant_violated.v1"


@dataclass(frozen=True)
class CheckRunEnded(Event):
    """All invariants were looked at, or `error` says why not; `violated` are their codes."""

    violated: list[str]
    violation_count: int
    error: str

    type = "evidence.check_run_ended.v1"

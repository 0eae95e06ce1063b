"""Reads of rules: which tables there are, which version decides, and what it decides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from zhiliu.platform.rules.errors import BrokenTable, NotFound, Undecided
from zhiliu.platform.rules.models import RuleState, RuleVersion
from zhiliu.platform.rules.rules import SIGNING_STRENGTH
from zhiliu.platform.rules.table import Compiled, RuleTable, Unanswered
from zhiliu.platform.signatures.public import Asked

REMEMBERED = 10_000  # decisions that a process keeps, the least used go first

_tables: dict[str, RuleTable] = {}


@dataclass(frozen=True)
class Decision:
    """What a rule table decided. `rule` is `code@version#row`; the record that used it keeps it."""

    outputs: Mapping[str, Any]
    rule: str

    def __getitem__(self, name: str) -> Any:
        return self.outputs[name]


def declare_tables(tables: Iterable[RuleTable]) -> None:
    """Register a context's tables at start-up, each checked and exercised; raises BrokenTable."""
    for table in tables:
        if _tables.setdefault(table.code, table) != table:
            raise ValueError(f"{table.code} is declared twice")
        _ = table.built_in


def all_tables() -> tuple[RuleTable, ...]:
    """Every declared table, in the order of its code."""
    return tuple(_tables[code] for code in sorted(_tables))


def get_table(code: str) -> RuleTable:
    """A declared table; raises NotFound."""
    table = _tables.get(code)
    if table is None:
        raise NotFound(table=code)
    return table


def decide(code: str, /, **inputs: Any) -> Decision:
    """What the enforced version of a table answers to exactly its declared inputs.

    Raises Undecided when no row fits, an input is missing, unknown or of another type: there is no
    default beside the rows. The answer depends on nothing but version and inputs, so a process
    remembers it, and reads each table's version once.
    """
    # the types too: 1, True and Decimal(1) are equal, but not the same fact
    asked = tuple((name, type(value), value) for name, value in sorted(inputs.items()))
    try:
        return _decided(code, asked)
    except TypeError as error:  # a list or a mapping as a value
        raise Undecided(code, f"a value cannot be used ({error})", f"值无效（{error}）") from error


def signing_strength(*, kind: str, verb: str, facts: Mapping[str, Any]) -> Asked:
    """What the table asks for a verb; `is_override` is false unless `facts` say it. Raises
    Undecided: a verb without a row is not signed.

    Signatures stands below rules and asks by a protocol, which this answers.
    """
    inputs = {"kind": kind, "verb": verb, "is_override": False, **facts}
    decision = decide(SIGNING_STRENGTH.code, **inputs)
    return Asked(decision["strength"], decision["meaning"], decision.rule)


@lru_cache(maxsize=REMEMBERED)
def _decided(code: str, asked: tuple[tuple[str, type, Any], ...]) -> Decision:
    version, compiled = current(code)
    return answer(compiled, version, {name: value for name, _, value in asked})


def answer(compiled: Compiled, version: int, inputs: Mapping[str, Any]) -> Decision:
    """What one version of a table answers; raises Undecided."""
    name = f"{compiled.table.code}@{version}"
    try:
        found = compiled.answer(inputs)
    except Unanswered as error:
        raise Undecided(name, error.en, error.zh) from error
    return Decision(found.outputs, f"{name}#{found.row}")


@cache
def current(code: str) -> tuple[int, Compiled]:
    """The enforced version of a table and its content; raises NotFound, Undecided."""
    row = get_version(code)
    return row.version, compiled(row)


def compiled(row: RuleVersion) -> Compiled:
    """A stored version, ready to answer; raises Undecided when this build cannot use it."""
    table = get_table(row.code)
    if row.content == table.built_in.content:
        return table.built_in
    try:
        return table.compiled(row.content)
    except BrokenTable as error:
        name = f"{row.code}@{row.version}"
        raise Undecided(name, f"it is broken, {error.why}", f"无法使用，{error.why}") from error


def try_table(code: str, inputs: Mapping[str, Any], version: int | None = None) -> Decision:
    """What a version of a table, or the enforced one, would decide for inputs as JSON has them.

    Raises NotFound, Undecided.
    """
    row = get_version(code, version)
    table = compiled(row)
    try:
        typed = table.read_inputs(inputs)
    except Unanswered as error:
        raise Undecided(f"{code}@{row.version}", error.en, error.zh) from error
    return answer(table, row.version, typed)


def forget_decisions() -> None:
    """Drop what this process remembers; called when a version is installed."""
    _decided.cache_clear()
    current.cache_clear()


def get_version(code: str, version: int | None = None) -> RuleVersion:
    """A version of a table, without a number the enforced one; raises NotFound."""
    rows = list_versions(code)
    found = (
        rows.filter(state=RuleState.ENFORCED).order_by("-version").first()
        if version is None
        else rows.filter(version=version).first()
    )
    if found is None:
        raise NotFound(table=code if version is None else f"{code}@{version}")
    return found


def list_enforced() -> QuerySet[RuleVersion]:
    """The version of each declared table that decides now."""
    enforced = RuleVersion.objects.filter(state=RuleState.ENFORCED, code__in=_tables)
    newest = enforced.filter(code=OuterRef("code")).order_by("-version")
    return enforced.filter(pk=Subquery(newest.values("pk")[:1]))


def list_versions(code: str) -> QuerySet[RuleVersion]:
    """All versions of a table; raises NotFound for one that nobody declared."""
    get_table(code)
    return RuleVersion.objects.filter(code=code)

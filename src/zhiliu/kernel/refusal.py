"""Refusals: the expected "no", with a code, a sentence in both languages and the way out.

A refusal is a dataclass of plain fields (not frozen: Python writes the traceback on it). Its
sentences are templates over these fields, so that both languages say the same and the front end can
map the code without reading text.

    @dataclass(eq=False)
    class LotOnHold(Refusal):
        lot: str
        cause: str
        code = "stock.lot_on_hold"
        en = "Lot {lot} is on hold ({cause})."
        zh = "批次 {lot} 已冻结（{cause}）。"
        remedy_en = "Use another lot or ask quality to lift the hold."
        remedy_zh = "请改用其他批次，或请质量部门解除冻结。"
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from zhiliu.kernel.quantity import plain


@dataclass(eq=False)
class Refusal(Exception):
    """Base of all refusals. 409 unless the class says otherwise."""

    code: ClassVar[str]
    status: ClassVar[int] = 409
    en: ClassVar[str]
    zh: ClassVar[str]
    remedy_en: ClassVar[str]
    remedy_zh: ClassVar[str]

    def data(self) -> dict[str, Any]:
        """The fields as JSON values: decimals as text, times in ISO 8601."""
        return {f.name: as_json(getattr(self, f.name)) for f in fields(self)}

    def sentence(self, language: str) -> str:
        """What happened and why, naming the record; `language` is "zh" or "en"."""
        return _filled(self.zh if language == "zh" else self.en, self)

    def remedy(self, language: str) -> str:
        """What to do now."""
        return _filled(self.remedy_zh if language == "zh" else self.remedy_en, self)

    def __str__(self) -> str:
        return f"{self.sentence('en')} {self.remedy('en')}".strip()


class Problem(NamedTuple):
    """One of several things that stand in the way: of what (a code), which check, and why."""

    about: str
    check: str
    en: str
    zh: str

    def sentence(self, language: str) -> str:
        """What is wrong and what would be right; `language` is "zh" or "en"."""
        text = self.zh if language == "zh" else self.en
        return f"{self.about}: {text}" if self.about else text


def joined(problems: Iterable[Problem], language: str) -> str:
    """All of them as one text, for the sentence of a refusal."""
    return ("；" if language == "zh" else "; ").join(p.sentence(language) for p in problems)


def _filled(template: str, refusal: Refusal) -> str:
    return template.format_map({f.name: _shown(getattr(refusal, f.name)) for f in fields(refusal)})


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, list | tuple):
        return ", ".join(_shown(v) for v in value)
    return str(value)


def as_json(value: Any) -> Any:
    """A plain value for JSON: ids and decimals as text, times in ISO 8601, containers walked."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {k: as_json(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_json(v) for v in value]
    return value


def all_refusals(base: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every refusal class that carries a code, for the documents and the OpenAPI answers."""
    for child in base.__subclasses__():
        if hasattr(child, "code"):
            yield child
        yield from all_refusals(child)

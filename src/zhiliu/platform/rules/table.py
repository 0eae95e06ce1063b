"""A decision table: what it declares, its file, and everything that can be wrong with it.

Plain Python on zen-engine, without Django: contexts declare their tables in their `rules` room.
The file is a JDM graph (JSON Decision Model of GoRules): one input, one decision table, one output.
zen-engine takes a cell that it cannot evaluate for a row that does not match, and an unknown name
for null, and answers with what comes next. So nothing of a table is trusted: every cell is
compiled and asked with values of its column's type, every row has an example that must meet exactly
this row, and each answer is read back with the row that gave it.
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import EnumMeta, StrEnum
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import NoneType
from typing import Any, Union, get_args, get_origin

os.environ.setdefault("RUST_LIB_BACKTRACE", "0")  # errors of the engine would carry a backtrace

import zen

from zhiliu.platform.rules.errors import BrokenTable

EXERCISED = 600  # at most this many generated boundary inputs; the rows' examples always run

_TEXT = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_NUMBER = re.compile(r"(?<![\w.'])-?\d+(?:\.\d+)?(?![\w'])")
_NAME = re.compile(r"(?<![\w.$#])[A-Za-z_]\w*(?!\w*\s*\()")
_WORDS = frozenset({"and", "or", "not", "in", "true", "false", "null"})


class Unanswered(Exception):
    """The table has no usable answer for these inputs; `why` in English and Chinese."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en, self.zh = en, zh


@dataclass(frozen=True)
class Column:
    """One declared input or output: its Python type, and whether it may be empty (None)."""

    name: str
    type: Any
    may_be_empty: bool

    @classmethod
    def of(cls, name: str, declared: Any) -> "Column":
        """`str`, `int`, `Decimal`, `bool`, a StrEnum or `tuple[str, ...]`, each also `| None`."""
        options = set(get_args(declared)) if _is_union(declared) else {declared}
        (kind,) = options - {NoneType}
        return cls(name, kind, NoneType in options)

    @property
    def is_list(self) -> bool:
        return get_origin(self.type) is tuple

    @property
    def shown(self) -> str:
        """The type as people read it."""
        if isinstance(self.type, EnumMeta):
            name = " | ".join(map(str, self.type))
        elif self.is_list:
            name = "list of text"
        else:
            names = {str: "text", int: "whole number", Decimal: "decimal", bool: "yes or no"}
            name = names[self.type]
        return f"{name} | empty" if self.may_be_empty else name

    def fits(self, value: Any) -> bool:
        """True for a value that this column may hold."""
        if value is None:
            return self.may_be_empty
        if self.is_list:
            return isinstance(value, tuple) and all(isinstance(v, str) for v in value)
        if isinstance(self.type, EnumMeta):
            return value in set(self.type)
        if self.type in (int, Decimal):
            return isinstance(value, int | self.type) and not isinstance(value, bool)
        return isinstance(value, self.type)

    def read(self, value: Any) -> Any:
        """An output of the engine, or an input in JSON, as the declared type; raises ValueError.

        The engine answers fractions as floats, so a decimal is written as text in its cell.
        """
        if self.is_list and isinstance(value, list | tuple):
            value = tuple(value)
        elif self.type is int and isinstance(value, float) and value.is_integer():
            value = int(value)
        elif self.type is Decimal and type(value) in (str, int):
            try:
                value = Decimal(value)
            except InvalidOperation as error:
                raise ValueError(value) from error
            if not value.is_finite():
                raise ValueError(value)
        elif isinstance(self.type, EnumMeta) and isinstance(value, str):
            value = self.type(value)
        if not self.fits(value):
            raise ValueError(value)
        return value


def _is_union(declared: Any) -> bool:
    return get_origin(declared) is Union or type(declared).__name__ == "UnionType"


@dataclass(frozen=True)
class Answer:
    """What a table answers: its outputs in their declared types, and the id of the row."""

    outputs: Mapping[str, Any]
    row: str


@dataclass(frozen=True)
class RuleTable:
    """A decision table of a context: its code, typed inputs and outputs, and the JDM file.

    `inputs` and `outputs` map a name to `str`, `int`, `Decimal`, `bool`, a StrEnum or
    `tuple[str, ...]`; with `| None` it may be empty. Texts in the cells of a StrEnum column must be
    its members, so a misspelt one is found. Only literals, `$` and the engine's functions may stand
    in input cells; output cells may name inputs too.
    """

    code: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
    content: Path = field(hash=False)

    @cached_property
    def built_in(self) -> "Compiled":
        """The table of the file, checked and exercised; raises BrokenTable."""
        try:
            content = json.loads(self.content.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise BrokenTable(self.code, f"its file cannot be read ({error})") from error
        return self.compiled(content)

    def compiled(self, content: Mapping[str, Any]) -> "Compiled":
        """A content of this table, checked and exercised; raises BrokenTable."""
        return Compiled(self, content)


class Compiled:
    """One content of a table, ready to answer."""

    def __init__(self, table: RuleTable, content: Mapping[str, Any]) -> None:
        self.table = table
        self.content = content
        self.inputs = {n: Column.of(n, t) for n, t in table.inputs.items()}
        self.outputs = {n: Column.of(n, t) for n, t in table.outputs.items()}
        try:
            self._read()
            self._compile()
            self._decision = zen.ZenEngine().create_decision(json.dumps(content))
            self._exercise()
        except (KeyError, TypeError, AttributeError) as error:
            raise self._broken(f"its file is no decision table ({error!r})") from error
        except RuntimeError as error:
            raise self._broken(f"the engine refuses it ({_reason(error)})") from error

    def answer(self, inputs: Mapping[str, Any]) -> Answer:
        """The answer to `inputs`; raises Unanswered when a value is missing, of the wrong type or
        unknown, when no row matches, or when the row's outputs are not of their types."""
        self._check(inputs)
        try:
            done = self._decision.evaluate(_as_context(inputs), {"trace": True})
        except RuntimeError as error:
            why = _reason(error)
            raise Unanswered(f"the engine cannot evaluate it: {why}", f"无法求值：{why}") from error
        trace = done["trace"][self._node["id"]]["traceData"] or {}
        row = (trace.get("rule") or {}).get("_id")
        if row is None:
            raise Unanswered("no row fits", "没有匹配的行")
        outputs = {}
        for name, column in self.outputs.items():
            value = done["result"].get(name)
            try:
                outputs[name] = column.read(value)
            except ValueError as error:
                raise Unanswered(
                    f"row {row} gives {value!r} for {name}, which must be {column.shown}",
                    f"第 {row} 行的 {name} 得到 {value!r}，应为 {column.shown}",
                ) from error
        return Answer(outputs, row)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows as the file has them, from top to bottom."""
        return list(self._node["content"]["rules"])

    def cells(self, row: Mapping[str, Any]) -> dict[str, str]:
        """A row's cells by the names of the columns; empty where any value fits."""
        return {c.name: row.get(key, "") for key, c in (self._asked | self._given).items()}

    def _check(self, inputs: Mapping[str, Any]) -> None:
        for name in inputs:
            if name not in self.inputs:
                raise Unanswered(f"it has no input {name}", f"没有输入 {name}")
        for name, column in self.inputs.items():
            if name not in inputs:
                raise Unanswered(f"the input {name} is missing", f"缺少输入 {name}")
            if not column.fits(inputs[name]):
                raise Unanswered(
                    f"{name} is {inputs[name]!r}, but must be {column.shown}",
                    f"{name} 为 {inputs[name]!r}，应为 {column.shown}",
                )

    def _broken(self, what: str) -> BrokenTable:
        return BrokenTable(self.table.code, what)

    def _read(self) -> None:
        nodes = {node["type"]: node for node in self.content["nodes"]}
        if len(self.content["nodes"]) != 3 or set(nodes) != _NODES:
            raise self._broken("a rule is one input, one decision table and one output")
        self._node = nodes["decisionTableNode"]
        table = self._node["content"]
        if table["hitPolicy"] != "first":
            raise self._broken("its hit policy must be first: the topmost row that fits decides")
        self._asked = {c["id"]: self._column(c, self.inputs) for c in table["inputs"]}
        self._given = {c["id"]: self._column(c, self.outputs) for c in table["outputs"]}
        for what, columns, declared in (
            ("input", self._asked, self.inputs),
            ("output", self._given, self.outputs),
        ):
            missing = set(declared) - {column.name for column in columns.values()}
            if missing or len(columns) != len(declared):
                raise self._broken(f"no column, or two, for the {what}s {sorted(declared)}")
        ids = [row["_id"] for row in table["rules"]]
        if not ids or len(ids) != len(set(ids)):
            raise self._broken("it has no rows, or two rows with the same id")

    def _column(self, column: Mapping[str, Any], declared: Mapping[str, Column]) -> Column:
        name = column["field"]
        if name not in declared:
            raise self._broken(f"its column {name} is not declared")
        return declared[name]

    def _compile(self) -> None:
        for row in self.rows:
            for key, column in self._asked.items():
                cell = row.get(key, "")
                if cell.strip():
                    self._compile_cell(row, column, cell, zen.compile_unary_expression, set())
            for key, column in self._given.items():
                cell = row.get(key, "")
                if cell.strip():
                    names = set(self.inputs)
                    self._compile_cell(row, column, cell, zen.compile_expression, names)
                elif not column.may_be_empty:
                    raise self._broken(f"row {row['_id']} says nothing for {column.name}")

    def _compile_cell(
        self,
        row: Mapping[str, Any],
        column: Column,
        cell: str,
        compile_: Callable[[str], Any],
        names: set[str],
    ) -> None:
        where = f"row {row['_id']}, column {column.name}, cell {cell}"
        try:
            compiled = compile_(cell)
        except RuntimeError as error:
            raise self._broken(f"{where}: {_reason(error)}") from error
        unknown = set(_NAME.findall(_TEXT.sub("''", cell))) - _WORDS - names
        if unknown:
            raise self._broken(f"{where}: nothing is called {', '.join(sorted(unknown))} here")
        if isinstance(column.type, EnumMeta):
            for text in _texts(cell):
                if text not in set(column.type):
                    raise self._broken(f"{where}: {text!r} is none of {column.shown}")
        if names:
            return
        for value in self._boundaries(column):
            try:
                is_match = compiled.evaluate({"$": _plain(value)})
            except RuntimeError as error:
                raise self._broken(f"{where}: for {value!r} {_reason(error)}") from error
            if not isinstance(is_match, bool):
                raise self._broken(f"{where}: for {value!r} it says neither yes nor no")

    def _exercise(self) -> None:
        examples = self.content["examples"]
        for row in self.rows:
            try:
                inputs = self.read_inputs(examples[row["_id"]])
                met = self.answer(inputs).row
            except KeyError as error:
                raise self._broken(f"row {row['_id']} has no example") from error
            except Unanswered as error:
                raise self._broken(f"the example of row {row['_id']}: {error.en}") from error
            if met != row["_id"]:
                raise self._broken(f"the example of row {row['_id']} meets row {met}")
        for inputs in self._boundary_inputs():
            try:
                self.answer(inputs)
            except Unanswered as error:
                if error.en != "no row fits":  # a gap is refused when it is met
                    raise self._broken(f"for {dict(inputs)}: {error.en}") from error

    def read_inputs(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Inputs in JSON as the declared types; raises Unanswered for what does not fit."""
        inputs = {}
        for name, value in given.items():
            try:
                column = self.inputs.get(name)
                inputs[name] = column.read(value) if column and value is not None else value
            except ValueError:
                inputs[name] = value
        self._check(inputs)
        return inputs

    def _boundary_inputs(self) -> Iterator[dict[str, Any]]:
        """Each row's example with one input moved to each boundary value of its column."""
        count = 0
        for row in self.rows:
            example = self.read_inputs(self.content["examples"][row["_id"]])
            for name, column in self.inputs.items():
                for value in self._boundaries(column):
                    count += 1
                    if count > EXERCISED:
                        return
                    yield {**example, name: value}

    def _boundaries(self, column: Column) -> list[Any]:
        """The values at which an answer may change: each literal of the column's cells, and of
        output cells that name it, for numbers also just beside it; one that no cell names; None
        where it may be empty."""
        known = self._known.get(column.name)
        if known is None:
            keys = [key for key, asked in self._asked.items() if asked == column]
            cells = [row.get(key, "") for row in self.rows for key in keys]
            given = [row.get(key, "") for row in self.rows for key in self._given]
            cells += [cell for cell in given if column.name in _NAME.findall(_TEXT.sub("", cell))]
            found: list[Any] = list(dict.fromkeys(chain(*(_values(column, c) for c in cells))))
            found += [None] if column.may_be_empty else []
            known = self._known[column.name] = found
        return known

    @cached_property
    def _known(self) -> dict[str, list[Any]]:
        return {}


_NODES = {"inputNode", "decisionTableNode", "outputNode"}


def _values(column: Column, cell: str) -> Iterator[Any]:
    if isinstance(column.type, EnumMeta):
        yield from column.type
    elif column.type is bool:
        yield from (True, False)
    elif column.type is str or column.is_list:
        texts = ["none of these", *_texts(cell)]
        yield from ((text,) for text in texts) if column.is_list else texts
    else:
        step = 1 if column.type is int else Decimal("0.000001")
        yield column.type(0)
        for text in _NUMBER.findall(_TEXT.sub("''", cell)):
            number = column.type(Decimal(text))
            yield from (number - step, number, number + step)


def _texts(cell: str) -> list[str]:
    return [text[1:-1] for text in _TEXT.findall(cell)]


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, StrEnum):
        return str(value)
    return float(value) if isinstance(value, Decimal) else value


def _as_context(inputs: Mapping[str, Any]) -> str:
    """The inputs as JSON text, of which the engine reads numbers exactly; a Decimal it refuses."""
    pairs = (f"{json.dumps(name)}: {_literal(value)}" for name, value in inputs.items())
    return "{" + ", ".join(pairs) + "}"


def _literal(value: Any) -> str:
    return format(value, "f") if isinstance(value, Decimal) else json.dumps(_plain(value))


def _reason(error: RuntimeError) -> str:
    """What the engine says, without the JSON around it."""
    text = str(error).splitlines()[0]
    try:
        said = json.loads(text)
    except ValueError:
        return text
    return str(said.get("source") or said.get("type")) if isinstance(said, dict) else text

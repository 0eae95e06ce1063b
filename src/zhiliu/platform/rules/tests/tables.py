"""A small decision table for tests, and ways to break it."""

import copy
import json
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from zhiliu.platform.rules.table import RuleTable


class Colour(StrEnum):
    """An input of few values."""

    RED = "red"
    GREEN = "green"


INPUTS = {"colour": Colour, "score": int, "share": Decimal | None, "is_new": bool, "place": str}
OUTPUTS = {"level": str, "aql": Decimal, "steps": int, "ways": tuple[str, ...], "note": str | None}

ROWS = [
    {
        "_id": "red",
        "colour": "'red'",
        "score": "> 5",
        "share": "",
        "is_new": "true",
        "place": "'仓库','dock'",
        "level": "'II'",
        "aql": "'1.0'",
        "steps": "score + 1",
        "ways": "['sort', 'scrap']",
        "note": "'新供应商'",
    },
    {
        "_id": "share",
        "colour": "",
        "score": "[2..4]",
        "share": "$ != null and $ > 0.3",
        "is_new": "",
        "place": "",
        "level": "'I'",
        "aql": "'0.65'",
        "steps": "0",
        "ways": "[]",
        "note": "",
    },
]
EXAMPLES = {
    "red": {"colour": "red", "score": 6, "share": None, "is_new": True, "place": "dock"},
    "share": {"colour": "green", "score": 2, "share": "0.5", "is_new": False, "place": "x"},
}


def content(rows: list[dict[str, Any]] = ROWS, examples: dict[str, Any] = EXAMPLES) -> Any:
    """The table as a JDM graph."""

    def columns(names: Any) -> list[dict[str, str]]:
        return [{"id": name, "name": name, "field": name} for name in names]

    table = {
        "hitPolicy": "first",
        "inputs": columns(INPUTS),
        "outputs": columns(OUTPUTS),
        "rules": rows,
    }
    graph: dict[str, Any] = {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode"},
            {"id": "table", "name": "t", "type": "decisionTableNode", "content": table},
            {"id": "out", "name": "out", "type": "outputNode"},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "table"},
            {"id": "2", "type": "edge", "sourceId": "table", "targetId": "out"},
        ],
        "examples": examples,
    }
    for node in graph["nodes"]:
        node["position"] = {"x": 0, "y": 0}
    return copy.deepcopy(graph)


def with_cell(row: int, column: str, cell: str) -> Any:
    """The table with one cell changed."""
    graph = content()
    graph["nodes"][1]["content"]["rules"][row][column] = cell
    return graph


def table_of(folder: Path, graph: Any = None, code: str = "tests.level") -> RuleTable:
    """A declared table whose file holds `graph`."""
    file = folder / f"{code}.json"
    file.write_text(json.dumps(graph or content(), ensure_ascii=False), encoding="utf-8")
    return RuleTable(code=code, inputs=INPUTS, outputs=OUTPUTS, content=file)

"""What goes over the wire for rules."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from zhiliu.kernel.refusal import as_json
from zhiliu.platform.commands.http import Act, Schema
from zhiliu.platform.rules.models import RuleState, RuleVersion
from zhiliu.platform.rules.queries import Decision
from zhiliu.platform.rules.table import Compiled

Version = Annotated[int, Field(ge=1, le=2**31 - 1)]


class VersionParameter(Schema):
    """Which version of a table is read; the one that decides now, when none is named."""

    version: Version | None = None


class RuleVersionOut(Schema):
    """A version of a rule table."""

    id: UUID
    code: str
    version: int
    state: RuleState
    sha256: str
    valid_from: datetime
    recorded_at: datetime

    @classmethod
    def of(cls, row: RuleVersion) -> "RuleVersionOut":
        return cls.model_validate(row, from_attributes=True)


class ColumnOut(Schema):
    """A declared input or output; `type` says which values it holds."""

    name: str
    type: str


class RowOut(Schema):
    """A row: the cells by column, empty where any value fits, and an example that meets it."""

    id: str
    description: str
    cells: dict[str, str]
    example: dict[str, Any]


class RuleTableOut(RuleVersionOut):
    """A version of a rule table with its columns and rows; the topmost row that fits decides."""

    inputs: list[ColumnOut]
    outputs: list[ColumnOut]
    rows: list[RowOut]
    content: dict[str, Any]

    @classmethod
    def whole(cls, row: RuleVersion, compiled: Compiled) -> "RuleTableOut":
        """The version and all that it says."""
        examples = row.content["examples"]
        return cls(
            **RuleVersionOut.of(row).model_dump(),
            inputs=[ColumnOut(name=c.name, type=c.shown) for c in compiled.inputs.values()],
            outputs=[ColumnOut(name=c.name, type=c.shown) for c in compiled.outputs.values()],
            rows=[
                RowOut(
                    id=cells["_id"],
                    description=cells.get("_description", ""),
                    cells=compiled.cells(cells),
                    example=examples[cells["_id"]],
                )
                for cells in compiled.rows
            ],
            content=row.content,
        )


class TrialIn(Act):
    """The facts to ask a table with: every declared input, decimals as text.

    Without `version` the enforced one answers.
    """

    inputs: dict[str, Any] = Field(max_length=50)
    version: Version | None = None


class TrialOut(Schema):
    """What the table would decide; nothing was written but this answer."""

    outputs: dict[str, Any]
    rule: str

    @classmethod
    def of(cls, decision: Decision) -> "TrialOut":
        return cls(outputs=as_json(dict(decision.outputs)), rule=decision.rule)

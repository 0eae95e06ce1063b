"""What goes over the wire for sampling states."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from zhiliu.contexts.catalog.public import SeverityClass
from zhiliu.contexts.inspections.api.fields import Amount
from zhiliu.contexts.inspections.models import SamplingChange, SamplingState
from zhiliu.contexts.inspections.rules import REASONS, SwitchReason
from zhiliu.contexts.inspections.states import InspectionState, SamplingStatus
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.commands.http import Act, AllowedAction, Schema


class SteadyIn(Act):
    """Whether production is steady and reduced inspection authorised, with the reason."""

    is_steady: bool


class SamplingStateOut(Schema):
    """How strictly a material from a supplier is inspected for one severity class."""

    id: UUID
    version: int
    material_id: UUID
    material: str
    material_name: str
    supplier_id: UUID
    supplier: str
    supplier_name: str
    severity_class: SeverityClass
    status: SamplingStatus
    since: datetime
    score: int
    accepted_run: int
    recent: str
    tightened_failures: int
    is_steady: bool
    supply_block_id: UUID | None

    @classmethod
    def of(cls, state: SamplingState) -> "SamplingStateOut":
        return cls(**_state(state))


class SamplingChangeOut(Schema):
    """One change of a sampling state: why, and after which inspection if one did it."""

    was: str
    status: SamplingStatus
    reason_code: str
    sentence: str
    reason: str
    rule: str
    inspection_id: UUID | None
    inspection: str | None
    changed_by: UUID
    occurred_at: datetime

    @classmethod
    def of(cls, change: SamplingChange, language: str) -> "SamplingChangeOut":
        inspection = change.inspection
        return cls(
            was=change.was,
            status=SamplingStatus(change.status),
            reason_code=change.reason_code,
            sentence=_sentence(change.reason_code, language),
            reason=change.reason,
            rule=change.rule,
            inspection_id=inspection.pk if inspection else None,
            inspection=inspection.number if inspection else None,
            changed_by=change.changed_by,
            occurred_at=change.occurred_at,
        )


class SamplingStateDetailOut(SamplingStateOut):
    """A sampling state with its history, the oldest change first."""

    changes: list[SamplingChangeOut]
    allowed_actions: list[AllowedAction]

    @classmethod
    def whole(
        cls,
        state: SamplingState,
        changes: list[SamplingChange],
        actions: Mapping[str, Sequence[Refusal]],
        language: str,
    ) -> "SamplingStateDetailOut":
        """Everything about one state; none of its verbs is signed."""
        return cls(
            **_state(state),
            changes=[SamplingChangeOut.of(c, language) for c in changes],
            allowed_actions=[AllowedAction.of(v, found, language) for v, found in actions.items()],
        )


class HistoryOut(Schema):
    """One measured characteristic in one inspection before: over its `count` readings that count,
    of which `out` were out, in the unit of the characteristic; the mean to six places."""

    characteristic: str
    inspection_id: UUID
    inspection: str
    state: InspectionState
    lot_id: UUID
    lot: str
    count: int
    out: int
    mean: Amount
    least: Amount
    greatest: Amount

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "HistoryOut":
        same = ("inspection_id", "lot_id", "lot", "count", "out", "least", "greatest")
        return cls(
            **{name: row[name] for name in same},
            characteristic=row["characteristic__code"],
            inspection=row["inspection__number"],
            state=InspectionState(row["inspection__state"]),
            mean=round(row["mean"], 6),
        )


class HistoriesOut(Schema):
    """The last four inspections before this one, characteristic by characteristic."""

    items: list[HistoryOut]


def _state(state: SamplingState) -> dict[str, Any]:
    material, supplier = state.material, state.supplier
    named = {
        "material": material.number,
        "material_name": material.name,
        "supplier": supplier.number,
        "supplier_name": supplier.name,
    }
    own = [name for name in SamplingStateOut.model_fields if name not in named]
    return {**{name: getattr(state, name) for name in own}, **named}


def _sentence(reason_code: str, language: str) -> str:
    zh = language == "zh"
    if reason_code not in set(SwitchReason):
        return "抽样检验开始。" if zh else "Sampling inspection begins."
    return REASONS[SwitchReason(reason_code)][zh]

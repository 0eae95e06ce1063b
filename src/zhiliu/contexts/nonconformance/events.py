"""The public facts of nonconformance. Quantities are in the material's stock unit."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.kernel.event import Event


@dataclass(frozen=True)
class ReportOpened(Event):
    """Nonconforming goods are on record. `lots`: lot_id, lot, quantity of each.

    `due_at`: all of it should have a disposition, by `due_rule`.
    """

    source: str
    severity_class: str
    material_id: UUID
    supplier_id: UUID | None
    inspection_id: UUID | None
    inspection: str
    quantity: Decimal
    estimated_cost: Decimal | None
    currency: str
    due_at: datetime
    due_rule: str
    lots: tuple[dict[str, Any], ...]

    type = "nonconformance.report_opened.v1"


@dataclass(frozen=True)
class ReportChanged(Event):
    """What a report says about containment or cause changed."""

    containment: str
    cause_code: str
    cause_text: str

    type = "nonconformance.report_changed.v1"


@dataclass(frozen=True)
class ReportClosed(Event):
    """Everything that was nonconforming is done with."""

    source: str
    material_id: UUID
    supplier_id: UUID | None
    quantity: Decimal

    type = "nonconformance.report_closed.v1"


@dataclass(frozen=True)
class ReportReopened(Event):
    """A report was closed too early; nothing of it had been posted."""

    type = "nonconformance.report_reopened.v1"


@dataclass(frozen=True)
class AboutDisposition(Event):
    """Base of what happens to a disposition; the subject is the disposition."""

    report_id: UUID
    report: str
    lot_id: UUID
    lot: str
    disposition_kind: str
    quantity: Decimal
    material_id: UUID
    supplier_id: UUID | None


@dataclass(frozen=True)
class GoodsDisposed(AboutDisposition):
    """It was decided what happens to a nonconforming lot."""

    type = "nonconformance.goods_disposed.v1"


@dataclass(frozen=True)
class DispositionCarriedOut(AboutDisposition):
    """The scrap was rendered unusable, or the rework or repair is done."""

    inspection_id: UUID | None

    type = "nonconformance.disposition_carried_out.v1"


@dataclass(frozen=True)
class DispositionDone(AboutDisposition):
    """All of a disposition is done; `posted` is what left, was regraded or got usable by it."""

    posted: Decimal

    type = "nonconformance.disposition_done.v1"


@dataclass(frozen=True)
class DispositionCancelled(AboutDisposition):
    """A disposition was taken back before anything was posted."""

    type = "nonconformance.disposition_cancelled.v1"


@dataclass(frozen=True)
class AboutConcession(Event):
    """Base of what happens to a concession; the subject is the concession.

    `references` and `customers` are ids; none when every one may be served.
    """

    report_id: UUID
    report: str
    lot_id: UUID
    lot: str
    concession_kind: str
    quantity: Decimal
    until: datetime
    references: tuple[str, ...]
    customers: tuple[str, ...]


@dataclass(frozen=True)
class ConcessionApproved(AboutConcession):
    """Nonconforming goods may be used or repaired within bounds."""

    type = "nonconformance.concession_approved.v1"


@dataclass(frozen=True)
class ConcessionInForce(AboutConcession):
    """The lot is restricted to what the concession allows."""

    type = "nonconformance.concession_in_force.v1"


@dataclass(frozen=True)
class ConcessionEnded(AboutConcession):
    """Nothing may be used under the concession any more; `end_cause` says why."""

    end_cause: str

    type = "nonconformance.concession_ended.v1"

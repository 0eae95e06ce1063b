"""Skip-lot: lots that are released without inspection because those before them were good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhiliu.contexts.inspections.events import LotSkipped
from zhiliu.contexts.inspections.models import SkipDraw
from zhiliu.contexts.inspections.operations.drawing import draw_number
from zhiliu.contexts.inspections.operations.planning import Planned
from zhiliu.contexts.inspections.rules import SkipLot, must_inspect
from zhiliu.contexts.stock.models import Lot
from zhiliu.contexts.stock.public import LotStatus, lock_lots, release_locked
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.evidence.public import record_appended
from zhiliu.platform.outbox.public import record_event
from zhiliu.platform.rules.public import decide

SKIP_DRAW = "inspections.skip_draw"


@dataclass(frozen=True)
class SkipDrawn:
    """What was drawn for a lot that may be skipped, and the rule that says how often it is not."""

    plan: Planned
    skip: SkipLot
    number: int
    rule: str

    @property
    def is_inspected(self) -> bool:
        return must_inspect(self.number, self.skip)


def skip_rule(severity_class: str) -> tuple[SkipLot, str]:
    """After how many acceptances a class may be skipped and how often it is not, by which rule."""
    decision = decide("inspections.skip_lot", severity_class=severity_class)
    return SkipLot(decision["after_accepted"], decision["one_in"]), decision.rule


def draw_skip(plan: Planned) -> SkipDrawn | None:
    """Draw whether a lot is inspected; None where it may not be skipped anyway.

    Of several classes the one that is inspected most often decides. The table
    inspections.skip_lot is a rule of ours and not all of ISO 2859-3.
    """
    if not plan.may_be_skipped:
        return None
    rules = [skip_rule(name) for name in sorted(plan.content.stated_classes)]
    skip, rule = min(rules, key=lambda found: found[0].one_in)
    return SkipDrawn(plan, skip, draw_number(skip.one_in), rule)


def record_skip_draw(
    lot_id: UUID, drawn: SkipDrawn, inspection_id: UUID | None, command: Command, at: datetime
) -> SkipDraw:
    """Queue what was drawn for a lot."""
    return record_appended(
        SkipDraw(
            lot_id=lot_id,
            plan_version_id=drawn.plan.content.version_id,
            inspection_id=inspection_id,
            rule=drawn.rule,
            one_in=drawn.skip.one_in,
            number=drawn.number,
            drawn_by=command.actor.id,
            command_id=command.id,
            occurred_at=at,
        )
    )


def skip_lots(*, skipped: Sequence[tuple[UUID, SkipDrawn]], command: Command, at: datetime) -> None:
    """Release lots that the draw left out; the draw is the voucher, its number is the rule.

    Emits LotSkipped (and stock's LotReleased) per lot.
    """
    if not skipped:
        return
    lots = lock_lots(sorted(lot_id for lot_id, _ in skipped), command, exclusive=True)
    for lot_id, drawn in skipped:
        lot = lots[lot_id]
        if lot.status != LotStatus.AWAITING_INSPECTION:
            continue  # told of it twice
        draw = record_skip_draw(lot_id, drawn, None, command, at)
        voucher = Reference(SKIP_DRAW, draw.pk, drawn.rule)
        release_locked(lots=[lot], voucher=voucher, command=command, at=at)
        record_event(
            LotSkipped(
                subject=Reference(Lot.kind, lot.pk, lot.number, lot.version),
                company_id=lot.company_id,
                site_id=lot.site_id,
                material_id=lot.material_id,
                supplier_id=lot.supplier_id,
                plan_version_id=drawn.plan.content.version_id,
                plan=drawn.plan.content.plan,
                skip_draw_id=draw.pk,
                one_in=drawn.skip.one_in,
                rule=drawn.rule,
            ),
            command,
            at,
            rule_version=drawn.rule,
        )

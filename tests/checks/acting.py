"""How the history acts, and what it decides about nonconforming goods."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.plant import Plant
from tests.support import run
from zhiliu.contexts.nonconformance import public as nonconformance
from zhiliu.contexts.nonconformance.models import Concession, Disposition, ReportLot
from zhiliu.contexts.stock import operations as stock
from zhiliu.contexts.stock.models import Lot
from zhiliu.kernel.actor import IMPORT_BOARD, SYSTEM, Actor
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.command import Proof, Reference


def act(
    operation: Callable[..., Any],
    *,
    because: str = "",
    at: Any = None,
    by: Actor = SYSTEM,
    proof: Proof | None = None,
    **values: Any,
) -> Any:
    """Perform one operation as a command of its own."""
    return run(
        lambda command, moment: operation(**values, command=command, at=moment),
        reason=because,
        at=at,
        actor=by,
        proof=proof,
    )


def dispose(
    lot: Lot, kind: str, quantity: Decimal | None = None, to_material_id: UUID | None = None
) -> Reference:
    """Somebody else than the inspector decides; the disposition as a voucher."""
    row = ReportLot.objects.get(lot=lot)
    wanted = nonconformance.Wanted(
        nonconformance.Units(lot.pk, quantity), nonconformance.DispositionKind(kind), to_material_id
    )
    made = act(
        nonconformance.dispose,
        because="board",
        by=IMPORT_BOARD,
        report_id=row.report_id,
        wanted=wanted,
    )
    return Reference(made.kind, made.pk, made.number)


def concede(plant: Plant) -> tuple[Concession, Disposition]:
    """An escape: of ten, six may be used within bounds and four are sorted."""
    lot = plant.lot(30)
    report = act(
        nonconformance.report_escape,
        because="burr",
        parts=[nonconformance.Units(lot.pk, Decimal(10))],
        description="burr at the bore",
    )
    bad = ReportLot.objects.get(report_id=report.pk).lot
    sorting = dispose(bad, "sort", Decimal(4))
    as_is = dispose(bad, "use_as_is")
    order = plant.order()
    concession = act(
        nonconformance.approve_concession,
        because="bore is not seen",
        proof=Proof("password", server_time()),
        disposition_id=as_is.id,
        allowed=nonconformance.Allowed(
            server_time() + timedelta(days=30), reference_ids=[order.id]
        ),
    )
    act(stock.issue, lot_id=bad.pk, place_id=plant.places["A-01"], owner_id=plant.own,
        quantity=Decimal(1), reference=order)  # fmt: skip
    return concession, Disposition.objects.get(pk=sorting.id)

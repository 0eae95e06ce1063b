"""Endpoints about lots: reading them and setting what they may be used for."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.stock import operations, queries
from zhiliu.contexts.stock.api import schemas as s
from zhiliu.contexts.stock.queries import acts
from zhiliu.contexts.stock.states import HOLD, LOT
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.quantity import ZERO
from zhiliu.platform.attachments.http import download, file_answer
from zhiliu.platform.commands.http import Act, act, actor_of, answers, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page
from zhiliu.platform.signatures.http import allowed_actions

router = Router(tags=["stock: lots"])

LOTS = ListQuery(
    filters={
        "number": "number",
        "material_id": "material_id",
        "material_number": "material__number",
        "status": "status",
        "site_id": "site_id",
        "supplier_id": "supplier_id",
        "supplier_lot": "supplier_lot",
        # of one line of an arrival, or of all of them: ARR-000212/1, ARR-000212/
        "origin_number": "origin_number__startswith",
    },
    search=("number__icontains", "supplier_lot__icontains", "material__number__icontains"),
    sorts=("id", "number"),
    types={"material_id": UUID, "site_id": UUID, "supplier_id": UUID},
)
HOLDS = ListQuery(
    filters={
        "lot_id": "lot_id",
        "state": "state",
        "cause": "cause",
        "cause_id": "cause_id",
        "cause_number": "cause_number",
    },
    search=("number__icontains", "lot__number__icontains"),
    sorts=("id", "number"),
    types={"lot_id": UUID, "cause_id": UUID},
)


@router.get("/lots", response=answers(Page[s.LotOut]), operation_id="list_lots")
def list_lots(request: HttpRequest, query: Query[LOTS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Lots with what is on hand; two queries whatever the number of rows."""
    actor = reader(request, queries.READ)

    def with_stock(lots: list[Any]) -> list[Any]:
        found = queries.on_hand(lot.pk for lot in lots)
        for lot in lots:
            if lot.pk in found:
                lot.on_hand = found[lot.pk]
        return lots

    return page(request, queries.list_lots(actor), LOTS, query, s.LotOut, prepare=with_stock)


@router.get("/lots/by-label", response=answers(s.LotOut), operation_id="get_lot_by_label")
def get_lot_by_label(
    request: HttpRequest, scanned: Query[s.Named], place_id: UUID | None = None
) -> Any:
    """The lot of a scanned label; a split lot resolves by place, never silently."""
    lot = queries.get_lot_by_label(reader(request, queries.READ), scanned, place_id)
    lot.on_hand = queries.on_hand([lot.pk]).get(lot.pk, (0, 0, ()))  # type: ignore[attr-defined]
    return s.LotOut.of(lot)


# before /lots/{lot_id}, which would take "merge" for an id
@router.post("/lots/merge", response=answers(s.LotRefOut, 201), operation_id="merge_lots")
def merge_lots(request: HttpRequest, body: s.MergeIn) -> HttpResponse:
    """Bring parts of several lots together into a new lot, such as in a tank."""
    return act(
        request,
        "stock.merge_lots",
        body,
        lambda command, at: s.LotRefOut.of(
            operations.merge_lots(
                parts=[(p.lot_id, p.part()) for p in body.parts],
                to_place_id=body.to_place_id,
                command=command,
                at=at,
            )
        ),
        status=201,
    )


@router.get("/lots/{lot_id}", response=answers(s.LotDetailOut), operation_id="get_lot")
def get_lot(request: HttpRequest, lot_id: UUID) -> Any:
    """A lot with its versions, holds, measures, bound, and what is refused now and why."""
    actor = reader(request, queries.READ)
    now = server_time()
    lot = queries.get_lot(actor, lot_id)
    on_hand = queries.on_hand([lot_id]).get(lot_id, (ZERO, ZERO, ()))
    lot.on_hand = on_hand  # type: ignore[attr-defined]
    bound = queries.get_bound(lot_id)
    holds = queries.list_lot_holds(lot_id)
    return s.LotDetailOut(
        lot=s.LotOut.of(lot),
        versions=[s.VersionOut.of(v) for v in queries.list_versions(lot_id)],
        holds=[_hold(request, hold) for hold in holds],
        measures=[
            s.MeasureOut(unit=m.unit.code, factor=m.factor) for m in queries.list_measures(lot_id)
        ],
        bound=s.BoundOut(quantity=bound.quantity, remaining=bound.remaining) if bound else None,
        usable_quantity=queries.get_usable_quantity(actor, lot_id, now),
        allowed_actions=allowed_actions(
            request, LOT, acts.lot_actions(actor, lot, on_hand[0], holds, now)
        ),
    )


def _hold(request: HttpRequest, hold: Any) -> s.HoldDetailOut:
    actions = acts.hold_actions(actor_of(request), hold)
    return s.HoldDetailOut.whole(hold, allowed_actions(request, HOLD, actions))


@router.get("/lots/{lot_id}/usable", response=answers(s.UsableOut), operation_id="get_usable")
def get_usable(request: HttpRequest, lot_id: UUID) -> Any:
    """How much of a lot may be issued at this moment."""
    actor = reader(request, queries.READ)
    usable = queries.get_usable_quantity(actor, lot_id, server_time())
    return s.UsableOut(lot_id=lot_id, usable_quantity=usable)


@router.get("/lots/{lot_id}/trace", response=answers(s.TraceOut), operation_id="trace_lot")
def trace_lot(request: HttpRequest, lot_id: UUID, direction: s.Direction) -> Any:
    """Where a lot went (forward) or what it is made of (backward), all steps."""
    return {"edges": queries.get_trace(reader(request, queries.READ), lot_id, direction)}


@router.post(
    "/lots/{lot_id}/hold", response=answers(s.HoldPlacedOut, 201), operation_id="place_hold"
)
def place_hold(request: HttpRequest, lot_id: UUID, body: s.HoldIn) -> HttpResponse:
    """Put a lot, or a part of it, on hold; says which orders lost their reservation."""

    def call(command: Any, at: Any) -> s.HoldPlacedOut:
        placed = operations.place_hold(
            lot_id=lot_id,
            cause=body.cause,
            reason=body.reason,
            responsible_id=body.responsible_id,
            review_date=body.review_date,
            part=body.part.part() if body.part else None,
            command=command,
            at=at,
        )
        placed.hold.lot = placed.lot
        return s.HoldPlacedOut(
            hold=s.HoldOut.of(placed.hold),
            lot_id=placed.lot.pk,
            lot=placed.lot.number,
            broken_orders=placed.broken_orders,
        )

    return act(request, "stock.place_hold", body, call, status=201, path={"lot_id": lot_id})


@router.post("/holds/{hold_id}/lift", response=answers(s.HoldOut), operation_id="lift_hold")
def lift_hold(request: HttpRequest, hold_id: UUID, body: Act) -> HttpResponse:
    """End a hold; the reason is recorded."""
    return act(
        request,
        "stock.lift_hold",
        body,
        lambda command, at: s.HoldOut.of(
            operations.lift_hold(hold_id=hold_id, reason=body.reason, command=command, at=at)
        ),
        path={"hold_id": hold_id},
    )


@router.get("/holds/{hold_id}", response=answers(s.HoldDetailOut), operation_id="get_hold")
def get_hold(request: HttpRequest, hold_id: UUID) -> Any:
    """One hold, and what may be done with it now."""
    return _hold(request, queries.get_hold(reader(request, queries.READ), hold_id))


@router.get("/holds", response=answers(Page[s.HoldOut]), operation_id="list_holds")
def list_holds(request: HttpRequest, query: Query[HOLDS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Holds, open and lifted."""
    rows = queries.list_holds(reader(request, queries.READ))
    return page(request, rows, HOLDS, query, s.HoldOut)


@router.post("/lots/{lot_id}/split", response=answers(s.LotRefOut, 201), operation_id="split_lot")
def split_lot(request: HttpRequest, lot_id: UUID, body: s.PartIn) -> HttpResponse:
    """Give a part of a lot a number of its own."""
    return act(
        request,
        "stock.split_lot",
        body,
        lambda command, at: s.LotRefOut.of(
            operations.split_lot(lot_id=lot_id, part=body.part(), command=command, at=at)
        ),
        status=201,
        path={"lot_id": lot_id},
    )


@router.post(
    "/lots/{lot_id}/regrade", response=answers(s.LotRefOut, 201), operation_id="regrade_lot"
)
def regrade_lot(request: HttpRequest, lot_id: UUID, body: s.RegradeIn) -> HttpResponse:
    """Turn a part of a lot into another material."""
    return act(
        request,
        "stock.regrade_lot",
        body,
        lambda command, at: s.LotRefOut.of(
            operations.regrade_lot(
                lot_id=lot_id,
                part=body.part(),
                to_material_id=body.to_material_id,
                command=command,
                at=at,
            )
        ),
        status=201,
        path={"lot_id": lot_id},
    )


@router.post(
    "/lots/{lot_id}/change-owner", response=answers(s.LotRefOut), operation_id="change_owner"
)
def change_owner(request: HttpRequest, lot_id: UUID, body: s.OwnerIn) -> HttpResponse:
    """Give goods another owner, such as consigned goods when they are drawn."""
    return act(
        request,
        "stock.change_owner",
        body,
        lambda command, at: s.LotRefOut.of(
            operations.change_owner(
                lot_id=lot_id,
                part=body.part(),
                to_owner_id=body.to_owner_id,
                command=command,
                at=at,
            )
        ),
        path={"lot_id": lot_id},
    )


@router.post("/lots/{lot_id}/restrict", response=answers(s.LotRefOut), operation_id="restrict_lot")
def restrict_lot(request: HttpRequest, lot_id: UUID, body: s.RestrictIn) -> HttpResponse:
    """Allow a lot's use within bounds; the reason is the voucher and is signed with your name."""

    def call(command: Any, at: Any) -> s.LotRefOut:
        lot = operations.restrict_by_reason(
            lot_id=lot_id, bounds=body.bounds(), command=command, at=at
        )
        return s.LotRefOut.of(lot)

    return act(request, "stock.restrict_lot", body, call, path={"lot_id": lot_id})


@router.post("/lots/{lot_id}/expiry", response=answers(s.LotRefOut), operation_id="change_expiry")
def change_expiry(request: HttpRequest, lot_id: UUID, body: s.ExpiryIn) -> HttpResponse:
    """Set a lot's expiry anew; the reason is recorded."""

    def call(command: Any, at: Any) -> s.LotRefOut:
        lot = operations.change_expiry(
            lot_id=lot_id,
            expires_at=body.expires_at,
            command=command,
            at=at,
        )
        return s.LotRefOut.of(lot)

    return act(request, "stock.change_expiry", body, call, path={"lot_id": lot_id})


@router.post(
    "/lots/{lot_id}/labels", response=answers(s.LabelsOut, 201), operation_id="print_labels"
)
def print_labels(request: HttpRequest, lot_id: UUID, body: s.LabelsIn) -> HttpResponse:
    """Count labels of a lot as printed; their file is then at `/label-prints/{id}/file`."""
    return act(
        request,
        queries.PRINT_LABELS,
        body,
        lambda command, at: s.LabelsOut.of(
            operations.print_labels(
                lot_id=lot_id,
                copies=body.copies,
                size=body.size,
                file_format=body.file_format,
                dots_per_mm=int(body.dots_per_mm),
                command=command,
                at=at,
            )
        ),
        status=201,
        path={"lot_id": lot_id},
    )


LABELS = ListQuery(filters={"lot_id": "lot_id"}, types={"lot_id": UUID})


@router.get("/label-prints", response=answers(Page[s.LabelsOut]), operation_id="list_label_prints")
def list_label_prints(request: HttpRequest, query: Query[LABELS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Which labels were printed, how many, by whom."""
    rows = queries.list_label_prints(reader(request, queries.READ))
    return page(request, rows, LABELS, query, s.LabelsOut)


@router.get(
    "/label-prints/{label_print_id}/file",
    response=answers(None),
    operation_id="get_label_file",
    openapi_extra=file_answer("application/pdf", "text/plain; charset=us-ascii"),
)
def get_label_file(request: HttpRequest, label_print_id: UUID) -> HttpResponse:
    """The labels of a counted print: a PDF with a page each, or ZPL II for a label printer."""
    actor = reader(request, queries.PRINT_LABELS)
    return download(*operations.label_file(queries.get_label_prints(actor, [label_print_id])))


@router.get(
    "/label-files",
    response=answers(None),
    operation_id="get_label_files",
    openapi_extra=file_answer("application/pdf", "text/plain; charset=us-ascii"),
)
def get_label_files(
    request: HttpRequest,
    label_print_id: Annotated[list[UUID], Query(min_length=1, max_length=100)],
) -> HttpResponse:
    """The labels of several counted prints of one format in one file, such as of an arrival."""
    actor = reader(request, queries.PRINT_LABELS)
    printed = queries.get_label_prints(actor, label_print_id)
    return download(*operations.label_file(printed))

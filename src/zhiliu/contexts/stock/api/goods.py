"""Endpoints about goods: moving, using, sampling, counting, letting them go."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.stock import operations, queries
from zhiliu.contexts.stock.api import schemas as s
from zhiliu.contexts.stock.queries import acts
from zhiliu.contexts.stock.states import RESERVATION, LotStatus, PlaceKind
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.command import Reference
from zhiliu.platform.commands.http import Act, act, answers, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page
from zhiliu.platform.signatures.http import allowed_actions

router = Router(tags=["stock: goods"])

BALANCES = ListQuery(
    filters={
        "lot_id": "lot_id",
        "place_id": "place_id",
        "owner_id": "owner_id",
        "material_id": "lot__material_id",
        "status": "lot__status",
        "place_kind": "place__place_kind",
    },
    search=("lot__number__icontains", "lot__material__number__icontains", "place__code__icontains"),
    types={
        **dict.fromkeys(("lot_id", "place_id", "owner_id", "material_id"), UUID),
        "status": LotStatus,
        "place_kind": PlaceKind,
    },
)
MOVES = ListQuery(
    filters={
        "lot_id": "lot_id",
        "kind": "move_kind",
        "reference_id": "reference_id",
        "reference_number": "reference_number",
        "origin": "origin",
    },
    sorts=("id", "occurred_at"),
    types={"lot_id": UUID, "reference_id": UUID},
)
RESERVATIONS = ListQuery(
    filters={"lot_id": "lot_id", "state": "state", "reference_id": "reference_id"},
    sorts=("id", "number"),
    types={"lot_id": UUID, "reference_id": UUID},
)
SERIALS = ListQuery(
    filters={
        "number": "number",
        "lot_id": "lot_id",
        "place_id": "place_id",
        "material_id": "material_id",
    },
    search=("number__icontains",),
    sorts=("id", "number"),
    types=dict.fromkeys(("lot_id", "place_id", "material_id"), UUID),
)
FINDINGS = ListQuery(filters={"lot_id": "lot_id"}, types={"lot_id": UUID})


@router.get("/balances", response=answers(Page[s.BalanceOut]), operation_id="list_balances")
def list_balances(request: HttpRequest, query: Query[BALANCES.Parameters]) -> Any:  # type: ignore[name-defined]
    """What lies where, whose, how much of it is free."""
    rows = queries.list_balances(reader(request, queries.READ))
    return page(request, rows, BALANCES, query, s.BalanceOut)


@router.get("/usable-stock", response=answers(Page[s.BalanceOut]), operation_id="list_usable_stock")
def list_usable_stock(request: HttpRequest, query: Query[BALANCES.Parameters]) -> Any:  # type: ignore[name-defined]
    """Free stock that may be issued now."""
    rows = queries.list_usable(reader(request, queries.READ), server_time())
    return page(request, rows, BALANCES, query, s.BalanceOut)


@router.get("/stock-at", response=answers(s.StockAtListOut), operation_id="get_stock_at")
def get_stock_at(
    request: HttpRequest, company_id: UUID, at: s.Moment, lot_id: UUID | None = None
) -> Any:
    """What lay where at a past moment, and whether it was usable then."""
    actor = reader(request, queries.READ)
    return {"items": queries.list_stock_at(actor, company_id, at, lot_id)}


@router.get("/moves", response=answers(Page[s.MoveOut]), operation_id="list_moves")
def list_moves(request: HttpRequest, query: Query[MOVES.Parameters]) -> Any:  # type: ignore[name-defined]
    """The journal."""
    rows = queries.list_moves(reader(request, queries.READ))
    return page(request, rows, MOVES, query, s.MoveOut)


@router.get(
    "/reservations", response=answers(Page[s.ReservationOut]), operation_id="list_reservations"
)
def list_reservations(request: HttpRequest, query: Query[RESERVATIONS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Reservations."""
    rows = queries.list_reservations(reader(request, queries.READ))
    return page(request, rows, RESERVATIONS, query, s.ReservationOut)


@router.get(
    "/reservations/{reservation_id}",
    response=answers(s.ReservationDetailOut),
    operation_id="get_reservation",
)
def get_reservation(request: HttpRequest, reservation_id: UUID) -> Any:
    """One reservation, and what may be done with it now."""
    actor = reader(request, queries.READ)
    row = queries.get_reservation(actor, reservation_id)
    actions = acts.reservation_actions(actor, row)
    return s.ReservationDetailOut.whole(row, allowed_actions(request, RESERVATION, actions))


@router.get("/serials", response=answers(Page[s.SerialOut]), operation_id="list_serials")
def list_serials(request: HttpRequest, query: Query[SERIALS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Serials, their lot and place."""
    rows = queries.list_serials(reader(request, queries.READ))
    return page(request, rows, SERIALS, query, s.SerialOut)


@router.get("/findings", response=answers(Page[s.FindingOut]), operation_id="list_findings")
def list_findings(request: HttpRequest, query: Query[FINDINGS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Moves of other systems that our gate would have refused."""
    rows = queries.list_findings(reader(request, queries.READ))
    return page(request, rows, FINDINGS, query, s.FindingOut)


def _posted(
    request: HttpRequest,
    operation: str,
    lot_id: UUID,
    body: Act,
    call: Callable[..., Any],
    **more: Any,
) -> HttpResponse:
    """A posting of one lot: every such endpoint differs only in the operation and its words."""

    def perform(command: Any, at: Any) -> Any:
        move = call(lot_id=lot_id, command=command, at=at, **more)
        return s.PostedOut.of(move) if move is not None else None

    return act(request, operation, body, perform, status=201, path={"lot_id": lot_id})


def _use(body: s.UseIn) -> dict[str, Any]:
    return {
        "place_id": body.place_id,
        "owner_id": body.owner_id,
        "quantity": body.quantity,
        "reference": body.reference.value(),
        "serials": tuple(body.serials),
    }


@router.post("/lots/{lot_id}/move", response=answers(s.PostedOut, 201), operation_id="move_goods")
def move_goods(request: HttpRequest, lot_id: UUID, body: s.MoveIn) -> HttpResponse:
    """Move goods to another internal place."""
    more = {"part": body.part(), "to_place_id": body.to_place_id}
    return _posted(request, "stock.move_goods", lot_id, body, operations.move_goods, **more)


@router.post("/lots/{lot_id}/issue", response=answers(s.PostedOut, 201), operation_id="issue")
def issue(request: HttpRequest, lot_id: UUID, body: s.UseIn) -> HttpResponse:
    """Issue goods to production for an order."""
    return _posted(request, "stock.issue", lot_id, body, operations.issue, **_use(body))


@router.post("/lots/{lot_id}/ship", response=answers(s.PostedOut, 201), operation_id="ship")
def ship(request: HttpRequest, lot_id: UUID, body: s.UseIn) -> HttpResponse:
    """Ship goods to a customer."""
    return _posted(request, "stock.ship", lot_id, body, operations.ship, **_use(body))


@router.post(
    "/lots/{lot_id}/return-issue", response=answers(s.PostedOut, 201), operation_id="return_issue"
)
def return_issue(request: HttpRequest, lot_id: UUID, body: s.UseIn) -> HttpResponse:
    """Take back what an order drew and did not use."""
    call = operations.return_issue
    return _posted(request, "stock.return_issue", lot_id, body, call, **_use(body))


@router.post(
    "/issue-material", response=answers(s.PostedListOut, 201), operation_id="issue_material"
)
def issue_material(request: HttpRequest, body: s.MaterialIssueIn) -> HttpResponse:
    """Issue a material without lot control by its name; the oldest usable lots are taken."""

    def call(command: Any, at: Any) -> s.PostedListOut:
        moves = operations.issue_material(
            material_id=body.material_id,
            place_id=body.place_id,
            owner_id=body.owner_id,
            quantity=body.quantity,
            reference=body.reference.value(),
            command=command,
            at=at,
        )
        return s.PostedListOut(postings=[s.PostedOut.of(m) for m in moves])

    return act(request, "stock.issue", body, call, status=201)


@router.post(
    "/lots/{lot_id}/customer-return",
    response=answers(s.LotRefOut, 201),
    operation_id="receive_customer_return",
)
def customer_return(request: HttpRequest, lot_id: UUID, body: s.CustomerReturnIn) -> HttpResponse:
    """Book goods that a customer sends back, as a new lot that waits for inspection."""

    def call(command: Any, at: Any) -> s.LotRefOut:
        lot = operations.receive_customer_return(
            lot_id=lot_id,
            place_id=body.place_id,
            quantity=body.quantity,
            reference=body.reference.value(),
            serials=tuple(body.serials),
            command=command,
            at=at,
        )
        return s.LotRefOut.of(lot)

    operation = "stock.receive_customer_return"
    return act(request, operation, body, call, status=201, path={"lot_id": lot_id})


@router.post(
    "/lots/{lot_id}/reserve", response=answers(s.ReservationOut, 201), operation_id="reserve"
)
def reserve(request: HttpRequest, lot_id: UUID, body: s.ReserveIn) -> HttpResponse:
    """Keep goods of a lot for an order."""

    def call(command: Any, at: Any) -> s.ReservationOut:
        kept = operations.reserve(
            lot_id=lot_id,
            place_id=body.place_id,
            owner_id=body.owner_id,
            quantity=body.quantity,
            reference=body.reference.value(),
            command=command,
            at=at,
        )
        return s.ReservationOut.of(kept)

    return act(request, "stock.reserve", body, call, status=201, path={"lot_id": lot_id})


@router.post(
    "/reservations/{reservation_id}/cancel",
    response=answers(s.ReservationOut),
    operation_id="cancel_reservation",
)
def cancel_reservation(request: HttpRequest, reservation_id: UUID, body: Act) -> HttpResponse:
    """Give reserved goods back."""

    def call(command: Any, at: Any) -> s.ReservationOut:
        row = operations.cancel_reservation(reservation_id=reservation_id, command=command, at=at)
        return s.ReservationOut.of(row)

    path = {"reservation_id": reservation_id}
    return act(request, "stock.cancel_reservation", body, call, path=path)


@router.post(
    "/lots/{lot_id}/sample", response=answers(s.PostedOut, 201), operation_id="take_sample"
)
def take_sample(request: HttpRequest, lot_id: UUID, body: s.SampleIn) -> HttpResponse:
    """Take a sample to a laboratory."""
    more = {"part": body.part(), "laboratory_id": body.laboratory_id}
    return _posted(request, "stock.take_sample", lot_id, body, operations.take_sample, **more)


@router.post(
    "/lots/{lot_id}/consume-sample",
    response=answers(s.PostedOut, 201),
    operation_id="consume_sample",
)
def consume_sample(request: HttpRequest, lot_id: UUID, body: s.PartIn) -> HttpResponse:
    """Record a sample as destroyed in test."""
    call = operations.consume_sample
    return _posted(request, "stock.consume_sample", lot_id, body, call, part=body.part())


@router.post(
    "/lots/{lot_id}/retain-sample", response=answers(s.LotRefOut, 201), operation_id="retain_sample"
)
def retain_sample(request: HttpRequest, lot_id: UUID, body: s.RetainIn) -> HttpResponse:
    """Keep a sample as a blocked lot of its own in retention."""

    def call(command: Any, at: Any) -> s.LotRefOut:
        lot = operations.retain_sample(
            lot_id=lot_id,
            part=body.part(),
            retention_id=body.retention_id,
            expires_at=body.expires_at,
            voucher=Reference("stock.sample", command.id, "retained sample"),
            command=command,
            at=at,
        )
        return s.LotRefOut.of(lot)

    return act(request, "stock.retain_sample", body, call, status=201, path={"lot_id": lot_id})


@router.post("/lots/{lot_id}/scrap", response=answers(s.PostedOut, 201), operation_id="scrap")
def scrap(request: HttpRequest, lot_id: UUID, body: s.DisposeIn) -> HttpResponse:
    """Scrap goods: blocked ones by their disposition, others with a signed reason."""
    more = {"part": body.part(), "voucher": body.voucher()}
    return _posted(request, "stock.scrap", lot_id, body, operations.scrap, **more)


@router.post(
    "/lots/{lot_id}/return-to-vendor",
    response=answers(s.PostedOut, 201),
    operation_id="return_to_vendor",
)
def return_to_vendor(request: HttpRequest, lot_id: UUID, body: s.DisposeIn) -> HttpResponse:
    """Send goods back to their supplier without a return document."""
    more = {"part": body.part(), "voucher": body.voucher()}
    call = operations.return_to_vendor
    return _posted(request, "stock.return_to_vendor", lot_id, body, call, **more)


@router.post("/lots/{lot_id}/count", response=answers(s.CountOut, 201), operation_id="count_goods")
def count_goods(request: HttpRequest, lot_id: UUID, body: s.CountIn) -> HttpResponse:
    """Set what a place holds of a labelled lot to what was counted."""

    def call(command: Any, at: Any) -> s.CountOut:
        move = operations.count_goods(
            lot_id=lot_id,
            place_id=body.place_id,
            owner_id=body.owner_id,
            counted=body.counted,
            serials_missing=tuple(body.serials_missing),
            command=command,
            at=at,
        )
        return s.CountOut.of(lot_id, body.place_id, move)

    return act(request, "stock.count_goods", body, call, status=201, path={"lot_id": lot_id})


@router.post("/found-goods", response=answers(s.LotRefOut, 201), operation_id="book_found_goods")
def book_found_goods(request: HttpRequest, body: s.FoundIn) -> HttpResponse:
    """Book goods found without a label: a new lot on hold."""

    def call(command: Any, at: Any) -> s.LotRefOut:
        lot = operations.book_found_goods(
            material_id=body.material_id,
            place_id=body.place_id,
            owner_id=body.owner_id,
            quantity=body.quantity,
            serials=tuple(body.serials),
            command=command,
            at=at,
        )
        return s.LotRefOut.of(lot)

    return act(request, "stock.book_found_goods", body, call, status=201)


@router.post(
    "/opening-stock", response=answers(s.LotRefOut, 201), operation_id="book_opening_stock"
)
def book_opening_stock(request: HttpRequest, body: s.OpeningIn) -> HttpResponse:
    """Book stock that was there before Zhiliu: a released lot, signed with a reason."""

    def call(command: Any, at: Any) -> s.LotRefOut:
        lot = operations.book_opening_stock(
            material_id=body.material_id,
            place_id=body.place_id,
            owner_id=body.owner_id,
            quantity=body.quantity,
            serials=tuple(body.serials),
            supplier_lot=body.supplier_lot,
            expires_at=body.expires_at,
            command=command,
            at=at,
        )
        return s.LotRefOut.of(lot)

    return act(request, "stock.book_opening_stock", body, call, status=201)


@router.post("/observed-moves", response=answers(s.PostedOut, 201), operation_id="observe_move")
def observe_move(request: HttpRequest, body: s.ObserveIn) -> HttpResponse:
    """Record a move that another system made; it is never refused by the gate."""

    def call(command: Any, at: Any) -> s.PostedOut:
        move = operations.observe_move(
            lot_id=body.lot_id,
            from_place_id=body.from_place_id,
            to_place_id=body.to_place_id,
            owner_id=body.owner_id,
            quantity=body.quantity,
            origin=operations.Origin(body.system, body.document),
            reference=body.reference.value() if body.reference else None,
            command=command,
            at=at,
        )
        return s.PostedOut.of(move)

    return act(request, "stock.observe_move", body, call, status=201)

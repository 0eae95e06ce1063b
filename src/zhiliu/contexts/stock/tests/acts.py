"""One request for every endpoint of stock that writes, and what tests compare around it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from tests.plant import Plant
from tests.support import run

from zhiliu.contexts.stock import operations
from zhiliu.contexts.stock.models import Balance, Hold, Lot, Move, Place
from zhiliu.contexts.stock.states import HoldCause, PlaceKind
from zhiliu.kernel.clock import server_time
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent


def ref(number: str = "WO-1", customer: UUID | None = None, pk: UUID | None = None) -> Any:
    return {
        "kind": "production.work_order",
        "id": str(pk or uuid4()),
        "number": number,
        "customer_id": str(customer) if customer else None,
    }


@dataclass
class Act:
    """One endpoint that writes: who may, where, what, and what it answers."""

    operation: str
    path: str
    body: dict[str, Any] = field(default_factory=dict)
    status: int = 201


def part(plant: Plant, quantity: str = "2", place: str = "A-01") -> dict[str, Any]:
    ids = {"place_id": str(plant.places[place]), "owner_id": str(plant.own)}
    return {**ids, "quantity": quantity}


def _in_lab(plant: Plant) -> Lot:
    lot = plant.lot(10)
    run(
        lambda command, at: operations.take_sample(
            lot_id=lot.pk,
            part=plant.part("A-01", 4),
            laboratory_id=plant.places["LAB"],
            command=command,
            at=at,
        )
    )
    return lot


def _used(plant: Plant, verb: Callable[..., Any], reference: Any) -> Lot:
    lot = plant.lot(10)
    run(
        lambda command, at: verb(
            lot_id=lot.pk,
            place_id=plant.places["A-01"],
            owner_id=plant.own,
            quantity=Decimal(4),
            reference=reference,
            command=command,
            at=at,
        )
    )
    return lot


def a_hold(plant: Plant) -> Hold:
    lot = plant.lot(10)
    return run(
        lambda command, at: operations.place_hold(
            lot_id=lot.pk, cause=HoldCause.MANUAL, reason="x", command=command, at=at
        )
    ).hold


def a_reservation(plant: Plant) -> Any:
    lot = plant.lot(10)
    return run(
        lambda command, at: operations.reserve(
            lot_id=lot.pk,
            place_id=plant.places["A-01"],
            owner_id=plant.own,
            quantity=Decimal(4),
            reference=plant.order(),
            command=command,
            at=at,
        )
    )


def _container(plant: Plant) -> Place:
    return run(
        lambda command, at: operations.add_place(
            site_id=plant.site,
            code="SSCC-1",
            name="pallet",
            kind=PlaceKind.CONTAINER,
            command=command,
            at=at,
        )
    )


def a_period(plant: Plant) -> Any:
    day = (server_time() - timedelta(days=90)).date()
    return run(
        lambda command, at: operations.add_period(
            company_id=plant.company,
            starts_on=day,
            ends_on=day + timedelta(days=30),
            command=command,
            at=at,
        )
    )


def _lot(plant: Plant, verb: str, operation: str, status: int = 201, **body: Any) -> Act:
    return Act(f"stock.{operation}", f"/lots/{plant.lot(10).pk}/{verb}", body, status)


def _return_issue(p: Plant) -> Act:
    order = p.order()
    lot = _used(p, operations.issue, order)
    body = {**part(p), "reference": ref(pk=order.id)}
    return Act("stock.return_issue", f"/lots/{lot.pk}/return-issue", body)


def _customer_return(p: Plant) -> Act:
    lot = _used(p, operations.ship, p.order())
    body = {**part(p), "reference": ref("RMA-1")}
    del body["owner_id"]
    return Act("stock.receive_customer_return", f"/lots/{lot.pk}/customer-return", body)


def _counted(p: Plant) -> Act:
    body = part(p)
    del body["quantity"]
    return _lot(p, "count", "count_goods", **body, counted="7", reason="count")


def _merge(p: Plant) -> Act:
    parts = [{"lot_id": str(p.lot(10).pk), **part(p)} for _ in range(2)]
    return Act("stock.merge_lots", "/lots/merge", {"parts": parts, "to_place_id": at(p, "A-02")})


def at(plant: Plant, place: str) -> str:
    return str(plant.places[place])


def _found(p: Plant, path: str, operation: str) -> Act:
    body = {**part(p), "material_id": str(p.materials["bearing"]), "reason": "found"}
    return Act(f"stock.{operation}", path, body)


def an_observed_move(p: Plant) -> Act:
    lot = p.lot(10)
    body = {
        "lot_id": str(lot.pk),
        "from_place_id": at(p, "A-01"),
        "to_place_id": at(p, "A-02"),
        "owner_id": str(p.own),
        "quantity": "3",
        "system": "erpnext",
        "document": "STE-1",
    }
    return Act("stock.observe_move", "/observed-moves", body)


def _screws(p: Plant) -> Act:
    p.lot(10, material="screw")
    body = {**part(p), "material_id": str(p.materials["screw"]), "reference": ref()}
    return Act("stock.issue", "/issue-material", body)


def _new_place(p: Plant) -> Act:
    body = {"site_id": str(p.site), "code": "B-01", "name": "B-01", "kind": "bin"}
    return Act("stock.add_place", "/places", body)


def _new_period(p: Plant) -> Act:
    body = {"company_id": str(p.company), "starts_on": "2026-01-01", "ends_on": "2026-02-01"}
    return Act("stock.add_period", "/periods", body)


ACTS: dict[str, Callable[[Plant], Act]] = {
    "place_hold": lambda p: _lot(p, "hold", "place_hold", reason="crack"),
    "lift_hold": lambda p: Act(
        "stock.lift_hold", f"/holds/{a_hold(p).pk}/lift", {"reason": "ok"}, 200
    ),
    "split_lot": lambda p: _lot(p, "split", "split_lot", **part(p)),
    "merge_lots": _merge,
    "regrade_lot": lambda p: _lot(
        p,
        "regrade",
        "regrade_lot",
        **part(p),
        to_material_id=str(p.materials["screw"]),
        reason="second choice",
    ),
    "change_owner": lambda p: _lot(
        p, "change-owner", "change_owner", 200, **part(p), to_owner_id=str(p.supplier)
    ),
    "restrict_lot": lambda p: _lot(
        p, "restrict", "restrict_lot", 200, quantity="5", reason="bore at its limit"
    ),
    "change_expiry": lambda p: _lot(
        p,
        "expiry",
        "change_expiry",
        200,
        expires_at="2030-01-01T00:00:00+08:00",
        reason="retested",
    ),
    "print_labels": lambda p: _lot(p, "labels", "print_labels", copies=3),
    "move_goods": lambda p: _lot(p, "move", "move_goods", **part(p), to_place_id=at(p, "A-02")),
    "issue": lambda p: _lot(p, "issue", "issue", **part(p), reference=ref()),
    "ship": lambda p: _lot(p, "ship", "ship", **part(p), reference=ref("SO-1", p.customer)),
    "return_issue": _return_issue,
    "issue_material": _screws,
    "receive_customer_return": _customer_return,
    "reserve": lambda p: _lot(p, "reserve", "reserve", **part(p), reference=ref()),
    "cancel_reservation": lambda p: Act(
        "stock.cancel_reservation", f"/reservations/{a_reservation(p).pk}/cancel", {}, 200
    ),
    "take_sample": lambda p: _lot(
        p, "sample", "take_sample", **part(p), laboratory_id=at(p, "LAB")
    ),
    "consume_sample": lambda p: Act(
        "stock.consume_sample", f"/lots/{_in_lab(p).pk}/consume-sample", part(p, place="LAB")
    ),
    "retain_sample": lambda p: _lot(
        p, "retain-sample", "retain_sample", **part(p), retention_id=at(p, "RETENTION")
    ),
    "scrap": lambda p: _lot(p, "scrap", "scrap", **part(p), reason="broken"),
    "return_to_vendor": lambda p: _lot(
        p, "return-to-vendor", "return_to_vendor", **part(p), reason="rusty"
    ),
    "count_goods": _counted,
    "book_found_goods": lambda p: _found(p, "/found-goods", "book_found_goods"),
    "book_opening_stock": lambda p: _found(p, "/opening-stock", "book_opening_stock"),
    "observe_move": an_observed_move,
    "add_place": _new_place,
    "move_container": lambda p: Act(
        "stock.move_container",
        f"/places/{_container(p).pk}/move",
        {"parent_id": at(p, "A-01")},
        200,
    ),
    "add_period": _new_period,
    "close_period": lambda p: Act(
        "stock.close_period", f"/periods/{a_period(p).pk}/close", {}, 200
    ),
}


def ledger() -> tuple[Any, ...]:
    """Everything that an act could change, as counts and sums."""
    balances = Balance.objects.order_by("id").values_list("id", "quantity", "reserved")
    counts = [m.objects.count() for m in (Lot, Move, Hold, Place, OutboxEvent)]
    audited = AuditEntry.objects.filter(record_kind__startswith="stock.").count()
    return (*counts, audited, *balances)


def do(verb: Callable[..., Any], *, when: datetime | None = None, reason: str = "", **more: Any):
    """Perform an operation as one command of its own, at a business time if one is given."""
    return run(lambda command, at: verb(command=command, at=at, **more), at=when, reason=reason)


def issue(plant: Plant, lot: Lot, quantity: int | str, reference: Any = None, **more: Any) -> Any:
    """Issue of a lot from A-01 to an order."""
    values = {"place_id": plant.places["A-01"], "owner_id": plant.own, **more}
    reference = reference or plant.order()
    amount = Decimal(quantity)
    return do(operations.issue, lot_id=lot.pk, quantity=amount, reference=reference, **values)


def reserve(plant: Plant, lot: Lot, quantity: int, reference: Any = None) -> Any:
    """A reservation of a lot in A-01."""
    return do(
        operations.reserve,
        lot_id=lot.pk,
        place_id=plant.places["A-01"],
        owner_id=plant.own,
        quantity=Decimal(quantity),
        reference=reference or plant.order(),
    )


def restrict(lot: Lot, reason: str = "limit", **bounds: Any) -> Lot:
    """A restriction by a signed reason."""
    given = operations.Bounds(**bounds)
    return do(operations.restrict_by_reason, lot_id=lot.pk, bounds=given, reason=reason)


def hold(lot: Lot, when: datetime | None = None, **more: Any) -> Any:
    """A hold on a lot, or on a part of it."""
    return run(
        lambda command, at: operations.place_hold(
            lot_id=lot.pk,
            cause=HoldCause.COMPLAINT,
            reason="crack",
            command=command,
            at=at,
            **more,
        ),
        at=when,
    )

"""A mixed history of everything that a plant does, told by the operations that users call.

The rows that the tests plant their violations on are named in `History`.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from unittest import mock
from uuid import UUID

from tests.checks.acting import act, concede, dispose
from tests.plant import Plant, build_plant
from tests.support import run
from zhiliu.contexts.catalog import public as catalog
from zhiliu.contexts.catalog.models import Specification
from zhiliu.contexts.equipment import public as equipment
from zhiliu.contexts.equipment.models import Gauge
from zhiliu.contexts.inspections import public as inspections
from zhiliu.contexts.inspections.models import Inspection, InspectionLot, PlanVersion
from zhiliu.contexts.inspections.operations import ReadingIn, record_readings
from zhiliu.contexts.nonconformance import public as nonconformance
from zhiliu.contexts.nonconformance.models import Concession, Disposition
from zhiliu.contexts.purchasing import public as purchasing
from zhiliu.contexts.receiving import public as receiving
from zhiliu.contexts.stock import operations as stock
from zhiliu.contexts.stock.models import Hold, Lot, Move, Reservation
from zhiliu.contexts.stock.operations import locks
from zhiliu.contexts.stock.operations.posting import Origin
from zhiliu.contexts.stock.states import HoldCause, LotStatus, PlaceKind
from zhiliu.kernel.actor import IMPORT
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.command import Reference
from zhiliu.platform.outbox import deliveries, registry
from zhiliu.platform.outbox.models import Delivery, OutboxEvent

SERIALS = ("P-1", "P-2", "P-3", "P-4")


@dataclass
class History:
    """What happened in one plant."""

    plant: Plant
    bulk: Lot  # issued, reserved, sampled, moved
    issued: Move
    shipped: Move
    part: Lot  # split from bulk
    bounded: Lot  # restricted to 30, 5 of it used
    share: Lot  # split from bounded with a share of the bound
    urgent: Lot  # restricted, with the urgent mark
    held: Hold  # lifted
    on_hold: Lot
    blocked: Lot
    freed: Lot  # restricted, then released
    fresh: Lot  # expires in nine days
    reservation: Reservation  # open
    pumps: Lot  # two serials, the others were split off
    judged: Inspection  # accepted but for 4
    waiting: Inspection
    gauge: Gauge  # in service, calibrated twice
    idle: Gauge  # of another type, out of service
    order: UUID
    arrival: UUID
    specification: Specification
    plan_version: PlanVersion
    conceded: Concession  # of 6, one of them used
    sorting: Disposition  # decided, its inspection is open
    posted: list[Disposition]  # done: returned, regraded


def tell() -> History:
    """Build the plant and let everything happen once; the events are delivered at the end."""
    plant = build_plant()
    order, arrival, judged, waiting = _buy(plant)
    bulk, issued, shipped, part, reservation = _use(plant)
    held, on_hold = _hold(plant)
    bounded, share, urgent, freed = _restrict(plant)
    pumps = _serials(plant)
    blocked = _transform(plant)
    conceded, sorting = concede(plant)
    _observe(plant)
    _close_a_period(plant)
    gauge, idle = _calibrate(plant)
    specification, plan_version = _plan(plant)
    _measure(plant, gauge)
    fresh = plant.lot(10, expires_at=server_time() + timedelta(days=9))
    _deliver()
    return History(
        plant=plant, bulk=bulk, issued=issued, shipped=shipped, part=part, bounded=bounded,
        share=share, urgent=urgent, held=held, on_hold=on_hold, blocked=blocked, freed=freed,
        fresh=fresh, reservation=reservation, pumps=pumps, judged=judged, waiting=waiting,
        order=order, arrival=arrival, gauge=gauge, idle=idle, specification=specification,
        plan_version=plan_version,
        conceded=conceded, sorting=sorting,
        posted=list(Disposition.objects.filter(posted__gt=0)),
    )  # fmt: skip


def _plan(plant: Plant) -> tuple[Specification, PlanVersion]:
    """What pumps must be like, and how they are inspected: drafted by one, approved by another."""
    numeric, major = catalog.CharacteristicKind.NUMERIC, catalog.SeverityClass.MAJOR
    bore = catalog.SpecifiedCharacteristic(
        "D1", "bore", "内径", numeric, major, lower=Decimal(9), upper=Decimal(11)
    )
    pump, second = plant.material("pump"), {"actor": IMPORT}
    drafted = act(catalog.add_specification, material_id=pump, characteristics=[bore])
    specification = run(
        lambda command, at: catalog.approve_specification(
            specification_id=drafted.pk, expected_version=1, command=command, at=at
        ),
        **second,
    )
    units = inspections.CountingBasis.NONCONFORMING_UNITS
    sampled = inspections.ClassLine(major, inspections.Scheme.ISO, units, "II", Decimal("1.0"))
    first = act(
        inspections.add_plan,
        material_id=pump,
        changes={"specification_id": specification.pk, "classes": [sampled]},
    )
    version = run(
        lambda command, at: inspections.approve_plan_version(
            version_id=first.pk, expected_version=1, command=command, at=at
        ),
        **second,
    )
    return specification, version


def _buy(plant: Plant) -> tuple[UUID, UUID, Inspection, Inspection]:
    """Order, arrival with a surplus, and what was decided of it."""
    act(
        inspections.add_quality_code,
        catalogue=inspections.Catalogue.DEFECT,
        code="crack",
        name_en="crack",
        name_zh="裂纹",
    )
    exempt = act(
        catalog.add_control_profile,
        code=f"exempt-{plant.site.hex[-6:]}",
        name="exempt",
        lot_control=catalog.LotControl.LOT,
        inspection=catalog.InspectionNeed.EXEMPT,
    )
    washer = act(
        catalog.add_material,
        number=f"washer-{plant.site.hex[-6:]}",
        name="washer",
        unit_id=plant.units["PCS"],
        profile_id=exempt.pk,
    )
    lines = [(plant.material("bearing"), 100), (plant.material("oil"), 50), (washer.pk, 500)]
    order = act(
        purchasing.create_order,
        site_id=plant.site,
        supplier_id=plant.supplier,
        lines=[
            purchasing.LineIn(material_id=m, quantity=Decimal(q), price=Decimal(1))
            for m, q in lines
        ],
        confirm=True,
    )
    came = [
        receiving.DeliveryLine(quantity=Decimal(q), order_line_id=line.line.pk)
        for line, q in zip(order.lines, (120, 40, 500), strict=True)
    ]
    goods = act(
        receiving.receive_goods,
        place_id=plant.places["ARRIVAL"],
        lines=came,
        order_id=order.order.pk,
    )
    act(
        receiving.refuse_at_gate,
        because="wet",
        supplier_id=plant.supplier,
        site_id=plant.site,
        description="crate",
    )
    bearing, surplus, oil = (goods.lots[n].lot for n in range(3))
    judged = _decide(plant, bearing, oil)
    waiting = _of(surplus)
    return order.order.pk, goods.arrival.pk, judged, waiting


def _decide(plant: Plant, bearing: Lot, oil: Lot) -> Inspection:
    """Samples and verdicts: the bearings accepted but four, the oil not, and returned."""
    act(stock.take_sample, lot_id=bearing.pk, part=plant.part("ARRIVAL", 5),
        laboratory_id=plant.places["LAB"])  # fmt: skip
    act(stock.consume_sample, lot_id=bearing.pk, part=plant.part("LAB", 2))
    act(
        stock.retain_sample,
        lot_id=bearing.pk,
        part=plant.part("LAB", 1),
        retention_id=plant.places["RETENTION"],
        expires_at=server_time() + timedelta(days=700),
        voucher=Reference("tests.plan", plant.site, "plan"),
    )
    judged = _inspect(bearing, 20, 4)
    act(
        inspections.accept,
        inspection_id=judged.pk,
        parts=[inspections.Units(Decimal(4), bearing.pk, plant.places["ARRIVAL"],
                                         plant.own)],
    )  # fmt: skip
    refused = _inspect(oil, 40, 3)
    act(inspections.not_accept, inspection_id=refused.pk)
    voucher = dispose(oil, "return_to_vendor")
    act(
        receiving.return_goods,
        lines=[receiving.ReturnLine(oil.pk, plant.places["ARRIVAL"], Decimal(40),
                                    voucher=voucher)],
    )  # fmt: skip
    return judged


def _of(lot: Lot) -> Inspection:
    return InspectionLot.objects.select_related("inspection").get(lot=lot).inspection


def _inspect(lot: Lot, inspected: int, nonconforming: int) -> Inspection:
    inspection = _of(lot)
    act(
        inspections.record_result,
        inspection_id=inspection.pk,
        inspected=Decimal(inspected),
        nonconforming=Decimal(nonconforming),
        defects=[inspections.Defect("crack", Decimal(nonconforming))],
    )
    return inspection


def _use(plant: Plant) -> tuple[Lot, Move, Move, Lot, Reservation]:
    """Reserve, issue, take back, ship, come back, move with reservations, scrap, count."""
    bulk = plant.lot(200, at=server_time() - timedelta(days=3))
    wanted, sale = plant.order(), plant.order("sales.order", "SO-1")
    sale = Reference(sale.kind, sale.id, sale.number, customer_id=plant.customer)
    at = {"lot_id": bulk.pk, "place_id": plant.places["A-01"], "owner_id": plant.own}
    act(stock.reserve, **at, quantity=Decimal(20), reference=wanted)
    issued = act(stock.issue, **at, quantity=Decimal(30), reference=wanted)
    act(stock.return_issue, **at, quantity=Decimal(5), reference=wanted)
    act(stock.issue, **at, quantity=Decimal(3), reference=wanted,
        at=server_time() - timedelta(days=1))  # fmt: skip
    shipped = act(stock.ship, **at, quantity=Decimal(10), reference=sale)
    act(stock.receive_customer_return, lot_id=bulk.pk, place_id=plant.places["QUARANTINE"],
        quantity=Decimal(2), reference=sale)  # fmt: skip
    kept = act(stock.reserve, **at, quantity=Decimal(60), reference=plant.order())
    dropped = act(stock.reserve, **at, quantity=Decimal(7), reference=plant.order())
    act(stock.cancel_reservation, reservation_id=dropped.pk)
    act(stock.move_goods, lot_id=bulk.pk, part=plant.part("A-01", 110),
        to_place_id=plant.places["A-02"])  # fmt: skip
    part = act(stock.split_lot, lot_id=bulk.pk, part=plant.part("A-02", 10))
    act(stock.scrap, lot_id=bulk.pk, part=plant.part("A-02", 4), voucher=None, because="rust")
    act(stock.count_goods, lot_id=bulk.pk, place_id=plant.places["A-02"], owner_id=plant.own,
        counted=Decimal(100), because="yearly count")  # fmt: skip
    act(stock.book_found_goods, material_id=plant.material("bearing"),
        place_id=plant.places["A-05"], owner_id=plant.own, quantity=Decimal(9),
        because="behind the rack")  # fmt: skip
    plant.lot(40, material="screw")
    act(stock.issue_material, material_id=plant.material("screw"), quantity=Decimal(15),
        place_id=plant.places["A-01"], owner_id=plant.own, reference=wanted)  # fmt: skip
    return bulk, issued, shipped, part, kept


def _hold(plant: Plant) -> tuple[Hold, Lot]:
    """A hold on a part that breaks a reservation, lifted again."""
    lot = plant.lot(50)
    act(stock.reserve, lot_id=lot.pk, place_id=plant.places["A-01"], owner_id=plant.own,
        quantity=Decimal(50), reference=plant.order())  # fmt: skip
    placed = act(stock.place_hold, lot_id=lot.pk, cause=HoldCause.COMPLAINT, reason="crack",
                 part=plant.part("A-01", 20))  # fmt: skip
    act(stock.lift_hold, hold_id=placed.hold.pk, reason="was dirt")
    act(stock.issue, lot_id=placed.lot.pk, place_id=plant.places["A-01"], owner_id=plant.own,
        quantity=Decimal(20), reference=plant.order())  # fmt: skip
    act(stock.place_hold, lot_id=lot.pk, cause=HoldCause.MANUAL, reason="look again")
    return placed.hold, lot


def _restrict(plant: Plant) -> tuple[Lot, Lot, Lot, Lot]:
    """Bounds of quantity, time and order; a part takes its share; an expiry is set anew."""
    lot = plant.lot(100, expires_at=server_time() + timedelta(days=9))
    allowed, voucher = plant.order(number="WO-9"), Reference("tests.voucher", plant.site, "C-1")
    bounds = stock.Bounds(Decimal(80), server_time() + timedelta(days=2), [allowed.id])
    act(stock.restrict_lot, lot_id=lot.pk, bounds=bounds, voucher=voucher)
    at = {"lot_id": lot.pk, "place_id": plant.places["A-01"], "owner_id": plant.own}
    act(stock.issue, **at, quantity=Decimal(12), reference=allowed)
    act(stock.return_issue, **at, quantity=Decimal(2), reference=allowed)
    share = act(stock.split_lot, lot_id=lot.pk, part=plant.part("A-01", 60))
    act(stock.restrict_lot, lot_id=lot.pk, bounds=stock.Bounds(Decimal(20)), voucher=voucher)
    act(stock.issue, **at, quantity=Decimal(5), reference=plant.order())
    act(stock.change_expiry, lot_id=lot.pk, expires_at=server_time() + timedelta(days=30),
        voucher=voucher)  # fmt: skip
    urgent = plant.lot(10)
    act(stock.restrict_lot, lot_id=urgent.pk, bounds=stock.Bounds(Decimal(10)), voucher=voucher,
        is_urgent=True)  # fmt: skip
    freed = plant.lot(10)
    act(stock.restrict_lot, lot_id=freed.pk, bounds=stock.Bounds(Decimal(5)), voucher=voucher)
    act(stock.release_lot, lot_id=freed.pk, voucher=voucher)
    act(stock.issue, lot_id=freed.pk, place_id=plant.places["A-01"], owner_id=plant.own,
        quantity=Decimal(10), reference=plant.order())  # fmt: skip
    return lot, share, urgent, freed


def _serials(plant: Plant) -> Lot:
    """Serials received, moved, split, one shipped."""
    pumps = plant.lot(4, material="pump", serials=SERIALS)
    act(stock.move_goods, lot_id=pumps.pk, part=plant.part("A-01", 3, SERIALS[:3]),
        to_place_id=plant.places["A-03"])  # fmt: skip
    act(stock.split_lot, lot_id=pumps.pk, part=plant.part("A-03", 1, SERIALS[:1]))
    sale = Reference("sales.order", plant.site, "SO-2", customer_id=plant.customer)
    act(stock.ship, lot_id=pumps.pk, place_id=plant.places["A-03"], owner_id=plant.own,
        quantity=Decimal(1), reference=sale, serials=SERIALS[1:2])  # fmt: skip
    return pumps


def _transform(plant: Plant) -> Lot:
    """Merge, regrade, change of owner."""
    lots = [plant.lot(n, material="oil") for n in (30, 20)]
    act(stock.merge_lots, parts=[(lot.pk, plant.part("A-01", 15)) for lot in lots],
        to_place_id=plant.places["A-04"])  # fmt: skip
    worse = plant.lot(8, status=LotStatus.BLOCKED)
    act(nonconformance.open_report, because="scratched",
        parts=[nonconformance.Units(worse.pk)], description="scratched")  # fmt: skip
    dispose(worse, "regrade", Decimal(3), plant.material("screw"))
    blocked = plant.lot(8, status=LotStatus.BLOCKED)
    consigned = plant.lot(25, owner=plant.supplier)
    act(stock.change_owner, because="drawn", lot_id=consigned.pk, to_owner_id=plant.own,
        part=stock.Part(plant.places["A-01"], plant.supplier, Decimal(5)))  # fmt: skip
    return blocked


def _observe(plant: Plant) -> None:
    """Another system's moves: one that is fine, one short, one that our gate would refuse."""
    lot = plant.lot(10)
    erp = Origin("erp", "STE-1")
    at = {"lot_id": lot.pk, "from_place_id": plant.places["A-01"], "owner_id": plant.own}
    act(stock.observe_move, **at, to_place_id=plant.places["A-02"], quantity=Decimal(4), origin=erp)
    production = locks.outside_place(plant.site, PlaceKind.PRODUCTION)
    act(stock.observe_move, **at, to_place_id=production, quantity=Decimal(8), origin=erp,
        reference=plant.order())  # fmt: skip
    act(stock.block_lot, lot_id=lot.pk, voucher=Reference("tests.voucher", plant.site, "V-1"))
    act(stock.observe_move, lot_id=lot.pk, from_place_id=plant.places["A-02"], owner_id=plant.own,
        to_place_id=production, quantity=Decimal(1), origin=Origin("erp", "STE-2"))  # fmt: skip


def _calibrate(plant: Plant) -> tuple[Gauge, Gauge]:
    """A gauge that was found bad and adjusted, and one that fell."""
    good = equipment.CalibrationResult.PASS
    certificate = equipment.CalibrationIn(as_found=good, as_left=good)
    days = [server_time() - timedelta(days=n) for n in (400, 30)]
    gauges = []
    for code in ("MICROMETER", "PLUG-GAUGE"):
        kind = act(equipment.add_gauge_type, code=code, name_en=code, name_zh=code)
        gauge = act(
            equipment.register_gauge,
            site_id=plant.site,
            gauge_type_id=kind.pk,
            name=code,
            interval_days=365,
            calibration=certificate,
            at=days[0],
        )
        gauges.append(gauge)
    bad = replace(certificate, as_found=equipment.CalibrationResult.FAIL)
    act(equipment.record_calibration, gauge_id=gauges[0].pk, calibration=bad, at=days[1])
    act(equipment.take_out_of_service, gauge_id=gauges[1].pk, because="fell", at=days[1])
    return gauges[0], gauges[1]


def _measure(plant: Plant, gauge: Gauge) -> None:
    """Oil that is read with the gauge that its plan asks for, and corrected; specks are counted."""
    units = inspections.CountingBasis.NONCONFORMING_UNITS
    each = inspections.CountingBasis.NONCONFORMITIES
    draft = act(
        inspections.add_plan,
        material_id=plant.material("oil"),
        changes={
            "classes": [
                inspections.ClassLine("major", inspections.Scheme.FULL, units),
                inspections.ClassLine("minor", inspections.Scheme.FULL, each),
            ],
            "characteristics": [
                inspections.PlanLine(
                    "D1", "density", "密度", "numeric", "major",
                    lower=Decimal("0.8"), upper=Decimal("0.9"), gauge_type_id=gauge.gauge_type_id,
                ),
                inspections.PlanLine("SPECKS", "specks", "杂质", "attribute", "minor"),
            ],
        },
    )  # fmt: skip
    run(
        lambda command, at: inspections.approve_plan_version(
            version_id=draft.pk, expected_version=1, command=command, at=at
        ),
        actor=IMPORT,
    )
    line = purchasing.LineIn(
        material_id=plant.material("oil"), quantity=Decimal(3), price=Decimal(1)
    )
    order = act(purchasing.create_order, site_id=plant.site, supplier_id=plant.supplier,
                lines=[line], confirm=True)  # fmt: skip
    came = receiving.DeliveryLine(quantity=Decimal(3), order_line_id=order.lines[0].line.pk)
    goods = act(receiving.receive_goods, place_id=plant.places["ARRIVAL"], lines=[came],
                order_id=order.order.pk)  # fmt: skip
    inspection = _of(goods.lots[0].lot)
    for text in ("0.85", "0.86"):
        act(
            record_readings,
            because="read again",
            inspection_id=inspection.pk,
            readings=[ReadingIn("D1", 1, text, gauge.number)],
        )
    for times in (5, 2):
        act(
            record_readings,
            because="counted again",
            inspection_id=inspection.pk,
            readings=[ReadingIn("SPECKS", 1, "ng", None, "crack", times)],
        )


def _close_a_period(plant: Plant) -> None:
    day = server_time().date() - timedelta(days=40)
    period = act(stock.add_period, company_id=plant.company, starts_on=day,
                 ends_on=day + timedelta(days=10))  # fmt: skip
    act(stock.close_period, period_id=period.pk)


def _deliver() -> None:
    """Two handlers get every event about lots; the last delivery is parked."""
    calls: list[datetime] = []
    handlers = {name: lambda event: calls.append(event.occurred_at) for name in ("a.one", "b.two")}
    types = OutboxEvent.objects.filter(subject_kind="stock.lot").values_list("type", flat=True)
    with mock.patch.dict(registry.deferred_reactions, {t: handlers for t in set(types)}):
        while deliveries.dispatch_events(server_time()):
            pass
        while deliveries.deliver_due(server_time()):
            pass
    assert calls
    last = Delivery.objects.order_by("-event_id").first()
    assert last is not None
    Delivery.objects.filter(pk=last.pk).update(state="parked", done_at=None, error="no route")

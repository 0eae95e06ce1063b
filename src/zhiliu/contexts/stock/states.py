"""Statuses of lots, kinds of places and moves, and the lifecycles of stock.

`ALLOWED` is DESIGN.md section 3, "What may be done": the only truth about which use a lot's status
permits. An open hold or a passed expiry turns issue and ship into no.
"""

from enum import StrEnum

from zhiliu.kernel.lifecycle import Lifecycle, Transition


class LotStatus(StrEnum):
    """What a lot may be used for; set by its latest voucher."""

    AWAITING_INSPECTION = "awaiting_inspection"
    RELEASED = "released"
    RESTRICTED = "restricted"
    BLOCKED = "blocked"


class LotOrigin(StrEnum):
    """The one source line that a lot comes from."""

    RECEIPT = "receipt"
    WORK_ORDER = "work_order"
    SPLIT = "split"
    MERGE = "merge"
    REGRADE = "regrade"
    OPENING = "opening"
    CUSTOMER_RETURN = "customer_return"
    FOUND = "found"
    MIRRORED = "mirrored"


class Use(StrEnum):
    """What somebody wants to do with a lot."""

    SAMPLE = "sample"
    MOVE = "move"
    DISPOSE = "dispose"  # return, scrap, rework
    ISSUE = "issue"
    SHIP = "ship"


class Permit(StrEnum):
    """The table's answers."""

    YES = "yes"
    NO = "no"
    RETURN_ONLY = "return_only"
    BY_DISPOSITION = "by_disposition"
    WITHIN_BOUNDS = "within_bounds"


_ALWAYS = {Use.SAMPLE: Permit.YES, Use.MOVE: Permit.YES}

ALLOWED: dict[LotStatus, dict[Use, Permit]] = {
    LotStatus.AWAITING_INSPECTION: {
        **_ALWAYS,
        Use.DISPOSE: Permit.RETURN_ONLY,
        Use.ISSUE: Permit.NO,
        Use.SHIP: Permit.NO,
    },
    LotStatus.RELEASED: {
        **_ALWAYS,
        Use.DISPOSE: Permit.BY_DISPOSITION,
        Use.ISSUE: Permit.YES,
        Use.SHIP: Permit.YES,
    },
    LotStatus.RESTRICTED: {
        **_ALWAYS,
        Use.DISPOSE: Permit.BY_DISPOSITION,
        Use.ISSUE: Permit.WITHIN_BOUNDS,
        Use.SHIP: Permit.WITHIN_BOUNDS,
    },
    LotStatus.BLOCKED: {
        **_ALWAYS,
        Use.DISPOSE: Permit.BY_DISPOSITION,
        Use.ISSUE: Permit.NO,
        Use.SHIP: Permit.NO,
    },
}


class PlaceKind(StrEnum):
    """Internal places are accounted for; outside places are the sum of their moves."""

    ARRIVAL = "arrival"
    BIN = "bin"
    LINE = "line"
    LABORATORY = "laboratory"
    RETENTION = "retention"
    QUARANTINE = "quarantine"
    REWORK = "rework"
    SUBCONTRACTOR = "subcontractor"
    CONSIGNED = "consigned"
    TRANSIT = "transit"
    CONTAINER = "container"

    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    PRODUCTION = "production"
    CONSUMED_IN_TEST = "consumed_in_test"
    SCRAP = "scrap"
    ADJUSTMENT = "adjustment"
    TRANSFORMATION = "transformation"
    UNEXPLAINED = "unexplained"


OUTSIDE_KINDS = frozenset(
    {
        PlaceKind.SUPPLIER,
        PlaceKind.CUSTOMER,
        PlaceKind.PRODUCTION,
        PlaceKind.CONSUMED_IN_TEST,
        PlaceKind.SCRAP,
        PlaceKind.ADJUSTMENT,
        PlaceKind.TRANSFORMATION,
        PlaceKind.UNEXPLAINED,
    }
)


class MoveKind(StrEnum):
    """The verb that a move was posted by."""

    RECEIVE = "receive"
    MOVE = "move"
    ISSUE = "issue"
    RETURN_ISSUE = "return_issue"
    SHIP = "ship"
    CUSTOMER_RETURN = "customer_return"
    TAKE_SAMPLE = "take_sample"
    CONSUME_SAMPLE = "consume_sample"
    SCRAP = "scrap"
    RETURN_TO_VENDOR = "return_to_vendor"
    COUNT = "count"
    TRANSFORM = "transform"  # split, merge, regrade, change of owner
    OBSERVE = "observe"  # another system's move


class EdgeKind(StrEnum):
    """How one lot came from another, or where it went."""

    CONSUMED = "consumed"
    SPLIT = "split"
    MERGED = "merged"
    REWORKED = "reworked"
    REGRADED = "regraded"
    RETURNED = "returned"
    PACKED = "packed"


class HoldCause(StrEnum):
    """Why a lot is on hold."""

    MANUAL = "manual"
    COMPLAINT = "complaint"
    GAUGE_RECALL = "gauge_recall"
    SUPPLY_BLOCK = "supply_block"
    SURPLUS = "surplus"
    WRONG_MATERIAL = "wrong_material"
    FOUND = "found"
    EXPOSURE_SET = "exposure_set"
    OBSERVED_MOVE = "observed_move"


class HoldState(StrEnum):
    """A hold is open until it is lifted."""

    OPEN = "open"
    LIFTED = "lifted"


class ReservationState(StrEnum):
    """Where a reservation ended."""

    OPEN = "open"
    CONSUMED = "consumed"
    CANCELLED = "cancelled"
    BROKEN = "broken"


class PeriodState(StrEnum):
    """A closed period refuses every posting that occurred inside it."""

    OPEN = "open"
    CLOSED = "closed"


class LabelSize(StrEnum):
    """Width and height of a label in millimetres."""

    LARGE = "100x70"
    MEDIUM = "60x40"
    SMALL = "40x30"


class LabelFormat(StrEnum):
    """PDF for any printer; ZPL II for label printers."""

    PDF = "pdf"
    ZPL = "zpl"


# What a person may do with a lot, and the permission it takes; which of it now, rules say.
LOT_ACTS = {
    "move": "stock.move_goods",
    "split": "stock.split_lot",
    "merge": "stock.merge_lots",
    "hold": "stock.place_hold",
    "restrict": "stock.restrict_lot",
    "change_expiry": "stock.change_expiry",
    "change_owner": "stock.change_owner",
    "regrade": "stock.regrade_lot",
    "reserve": "stock.reserve",
    "issue": "stock.issue",
    "return_issue": "stock.return_issue",
    "ship": "stock.ship",
    "customer_return": "stock.receive_customer_return",
    "sample": "stock.take_sample",
    "consume_sample": "stock.consume_sample",
    "retain_sample": "stock.retain_sample",
    "scrap": "stock.scrap",
    "return_to_vendor": "stock.return_to_vendor",
    "count": "stock.count_goods",
    "print_labels": "stock.print_labels",
}

_ANY = frozenset(LotStatus)

LOT = Lifecycle(
    kind="stock.lot",
    states=LotStatus,
    initial=frozenset(LotStatus),  # a part inherits its lot's status at birth
    verbs={
        "release": Transition(_ANY, LotStatus.RELEASED, "inspections.accept"),
        "restrict": Transition(_ANY, LotStatus.RESTRICTED, "stock.restrict_lot"),
        "block": Transition(_ANY, LotStatus.BLOCKED, "inspections.not_accept"),
    },
)
HOLD = Lifecycle(
    kind="stock.hold",
    states=HoldState,
    initial=frozenset({HoldState.OPEN}),
    verbs={
        "lift": Transition(frozenset({HoldState.OPEN}), HoldState.LIFTED, "stock.lift_hold"),
    },
)
RESERVATION = Lifecycle(
    kind="stock.reservation",
    states=ReservationState,
    initial=frozenset({ReservationState.OPEN}),
    verbs={
        verb: Transition(frozenset({ReservationState.OPEN}), state, permission)
        for verb, state, permission in (
            ("consume", ReservationState.CONSUMED, "stock.issue"),
            ("cancel", ReservationState.CANCELLED, "stock.cancel_reservation"),
            ("break", ReservationState.BROKEN, "stock.place_hold"),
        )
    },
)
PERIOD = Lifecycle(
    kind="stock.period",
    states=PeriodState,
    initial=frozenset({PeriodState.OPEN}),
    verbs={
        "close": Transition(
            frozenset({PeriodState.OPEN}), PeriodState.CLOSED, "stock.close_period"
        ),
    },
)
LIFECYCLES = (LOT, HOLD, RESERVATION, PERIOD)

"""Enumerations and the lifecycle of inspections.

How strongly a verdict is signed says the rule table `signatures.signing_strength`.
"""

from enum import StrEnum

from zhiliu.kernel.lifecycle import Lifecycle, Transition


class Stage(StrEnum):
    """Where in the flow of goods the inspection stands."""

    INCOMING = "incoming"


class InspectionReason(StrEnum):
    """Why the goods are inspected; only original inspections feed a supplier's sampling state.

    ISO 2859-1:1999 and GB/T 2828.1 clause 9.3: switching counts lots submitted for the first time.
    """

    ORIGINAL = "original"
    REINSPECTION = "reinspection"
    RETEST = "retest"


class InspectionOrigin(StrEnum):
    """What opened the inspection: the kind of birth of its lot, or a person."""

    RECEIPT = "receipt"
    CUSTOMER_RETURN = "customer_return"
    FOUND = "found"
    MERGE = "merge"
    REGRADE = "regrade"
    BY_HAND = "by_hand"


class InspectionState(StrEnum):
    """Where an inspection stands; all but the first are final."""

    OPEN = "open"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    JUDGED = "judged"
    CANCELLED = "cancelled"


class PlanState(StrEnum):
    """Where a version of an inspection plan stands."""

    DRAFT = "draft"
    VALID = "valid"
    ENDED = "ended"


class Scheme(StrEnum):
    """How many units of a lot are inspected, and how many may be nonconforming.

    `iso`: ISO 2859-1:1999 = GB/T 2828.1-2012; `mil`: MIL-STD-105E = ANSI/ASQ Z1.4; `full`: every
    unit; `fixed`: a fixed number with acceptance number 0.
    """

    ISO = "iso"
    MIL = "mil"
    FULL = "full"
    FIXED = "fixed"


class CountingBasis(StrEnum):
    """What is counted against Ac and Re (ISO 2859-1:1999 clauses 3.1.8 and 3.1.9)."""

    NONCONFORMING_UNITS = "nonconforming_units"
    NONCONFORMITIES = "nonconformities"


class SamplingStatus(StrEnum):
    """How strictly the next lot of a material from a supplier is inspected, per severity class."""

    NORMAL = "normal"
    TIGHTENED = "tightened"
    REDUCED = "reduced"
    SKIP = "skip"
    DISCONTINUED = "discontinued"


class Catalogue(StrEnum):
    """What a quality code names: a defect, its cause, or the position on the part."""

    DEFECT = "defect"
    CAUSE = "cause"
    POSITION = "position"


class UrgentReleaseState(StrEnum):
    """Where an urgent release stands; `ended` with its inspection."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    ENDED = "ended"


_OPEN = frozenset({InspectionState.OPEN})

INSPECTION = Lifecycle(
    kind="inspections.inspection",
    states=InspectionState,
    initial=_OPEN,
    verbs={
        "record_result": Transition(_OPEN, InspectionState.OPEN, "inspections.record_result"),
        "record_readings": Transition(_OPEN, InspectionState.OPEN, "inspections.record_readings"),
        "count_characteristic": Transition(
            _OPEN, InspectionState.OPEN, "inspections.record_result"
        ),
        "post_sample": Transition(_OPEN, InspectionState.OPEN, "inspections.post_sample"),
        "accept": Transition(_OPEN, InspectionState.ACCEPTED, "inspections.accept", is_signed=True),
        "not_accept": Transition(
            _OPEN, InspectionState.NOT_ACCEPTED, "inspections.not_accept", is_signed=True
        ),
        "judge": Transition(_OPEN, InspectionState.JUDGED, "inspections.judge", is_signed=True),
        "cancel": Transition(_OPEN, InspectionState.CANCELLED, "inspections.cancel"),
    },
)

_REQUESTED = frozenset({UrgentReleaseState.REQUESTED})

URGENT_RELEASE = Lifecycle(
    kind="inspections.urgent_release",
    states=UrgentReleaseState,
    initial=_REQUESTED,
    verbs={
        "request": Transition(
            frozenset(),  # the verb makes the record
            UrgentReleaseState.REQUESTED,
            "inspections.request_urgent_release",
            is_signed=True,
        ),
        "approve": Transition(
            _REQUESTED,
            UrgentReleaseState.APPROVED,
            "inspections.approve_urgent_release",
            is_signed=True,
        ),
        "refuse": Transition(
            _REQUESTED,
            UrgentReleaseState.REFUSED,
            "inspections.refuse_urgent_release",
            is_signed=True,
        ),
        "end": Transition(
            frozenset({UrgentReleaseState.REQUESTED, UrgentReleaseState.APPROVED}),
            UrgentReleaseState.ENDED,
            "inspections.accept",
        ),
    },
)

_DRAFT = frozenset({PlanState.DRAFT})

PLAN_VERSION = Lifecycle(
    kind="inspections.plan_version",
    states=PlanState,
    initial=_DRAFT,
    verbs={
        "change": Transition(_DRAFT, PlanState.DRAFT, "inspections.change_plan_version"),
        "approve": Transition(
            _DRAFT, PlanState.VALID, "inspections.approve_plan_version", is_signed=True
        ),
        "end": Transition(
            frozenset({PlanState.VALID}), PlanState.ENDED, "inspections.end_plan_version"
        ),
    },
)
LIFECYCLES = (INSPECTION, URGENT_RELEASE, PLAN_VERSION)

"""Enumerations and the lifecycles of reports, dispositions and concessions."""

from enum import StrEnum

from zhiliu.kernel.lifecycle import Lifecycle, Transition


class Source(StrEnum):
    """What opened a report."""

    VERDICT = "verdict"  # not accepted
    UNITS_FOUND = "units_found"  # taken out of goods that were accepted or judged unit by unit
    ESCAPE = "escape"  # found later, in goods that quality had let through
    BY_HAND = "by_hand"


class ReportState(StrEnum):
    """Open while quantity waits for a disposition; disposed while some of them wait to be done."""

    OPEN = "open"
    DISPOSED = "disposed"
    CLOSED = "closed"


class DispositionKind(StrEnum):
    """What happens to nonconforming quantity (ISO 9000:2015, 3.12)."""

    USE_AS_IS = "use_as_is"
    SORT = "sort"
    REWORK = "rework"
    REPAIR = "repair"
    SCRAP = "scrap"
    RETURN_TO_VENDOR = "return_to_vendor"
    REGRADE = "regrade"


# An inspection decides what became of it, and the goods stay blocked until then.
INSPECTED = frozenset({DispositionKind.SORT, DispositionKind.REWORK, DispositionKind.REPAIR})
# Conforms to its intended use only: somebody with the authority concedes it (ISO 9000, 3.12.5).
CONCEDED = frozenset({DispositionKind.USE_AS_IS, DispositionKind.REPAIR})
# Somebody confirms that the work was done.
CARRIED_OUT = frozenset({DispositionKind.SCRAP, DispositionKind.REWORK, DispositionKind.REPAIR})


class DispositionState(StrEnum):
    """Decided until all of it is done; done and cancelled are final."""

    DECIDED = "decided"
    DONE = "done"
    CANCELLED = "cancelled"


class Waiting(StrEnum):
    """What a decided disposition waits for."""

    CARRYING_OUT = "carrying_out"  # somebody's confirmation of scrap, rework or repair
    CONCESSION = "concession"
    RETURN = "return"  # the goods are to leave for their supplier
    VERDICT = "verdict"  # of the inspection after sort, rework or repair


class ConcessionState(StrEnum):
    """Approved, in force while the lot is restricted by it, ended when used up or expired."""

    APPROVED = "approved"
    IN_FORCE = "in_force"
    ENDED = "ended"


class ConcessionEnd(StrEnum):
    """Why a concession ended."""

    USED_UP = "used_up"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


_BIRTH: frozenset[str] = frozenset()  # the verb makes the record
_OPEN = frozenset({ReportState.OPEN})
_DISPOSED = frozenset({ReportState.DISPOSED})
_CLOSED = frozenset({ReportState.CLOSED})
_DECIDED = frozenset({DispositionState.DECIDED})

REPORT = Lifecycle(
    kind="nonconformance.report",
    states=ReportState,
    initial=_OPEN,
    verbs={
        "dispose": Transition(_OPEN, ReportState.DISPOSED, "nonconformance.dispose"),
        "take_back": Transition(
            _OPEN | _DISPOSED, ReportState.OPEN, "nonconformance.cancel_disposition"
        ),
        "close": Transition(
            _DISPOSED, ReportState.CLOSED, "nonconformance.close_report", is_signed=True
        ),
        "reopen": Transition(_CLOSED, ReportState.DISPOSED, "nonconformance.reopen_report"),
    },
)
DISPOSITION = Lifecycle(
    kind="nonconformance.disposition",
    states=DispositionState,
    initial=_DECIDED,
    verbs={
        "decide": Transition(
            _BIRTH, DispositionState.DECIDED, "nonconformance.dispose", is_signed=True
        ),
        "carry_out": Transition(
            _DECIDED,
            DispositionState.DECIDED,
            "nonconformance.carry_out_disposition",
            is_signed=True,
        ),
        "complete": Transition(_DECIDED, DispositionState.DONE, "nonconformance.dispose"),
        "cancel": Transition(
            _DECIDED, DispositionState.CANCELLED, "nonconformance.cancel_disposition"
        ),
    },
)
CONCESSION = Lifecycle(
    kind="nonconformance.concession",
    states=ConcessionState,
    initial=frozenset({ConcessionState.APPROVED}),
    verbs={
        "approve": Transition(
            _BIRTH,
            ConcessionState.APPROVED,
            "nonconformance.approve_concession",
            is_signed=True,
        ),
        "enter_force": Transition(
            frozenset({ConcessionState.APPROVED}),
            ConcessionState.IN_FORCE,
            "nonconformance.approve_concession",
        ),
        "end": Transition(
            frozenset({ConcessionState.APPROVED, ConcessionState.IN_FORCE}),
            ConcessionState.ENDED,
            "nonconformance.approve_concession",
        ),
        "resume": Transition(
            frozenset({ConcessionState.ENDED}),
            ConcessionState.IN_FORCE,
            "nonconformance.approve_concession",
        ),
    },
)
LIFECYCLES = (REPORT, DISPOSITION, CONCESSION)

"""What random histories do with nonconforming goods: decide, carry out, take back."""

from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from hypothesis import strategies as st
from hypothesis.stateful import rule

from zhiliu.contexts.nonconformance import public as nonconformance
from zhiliu.contexts.nonconformance.models import Disposition, ReportLot
from zhiliu.contexts.nonconformance.operations import cancel_disposition, carry_out_disposition
from zhiliu.contexts.nonconformance.public import DispositionKind
from zhiliu.kernel.actor import IMPORT_BOARD

ANY = st.integers(0, 30)  # picks one of what there is, whatever its number
QUANTITY = st.integers(1, 6)
KINDS = (
    DispositionKind.SCRAP,
    DispositionKind.RETURN_TO_VENDOR,
    DispositionKind.REWORK,
    DispositionKind.SORT,
)


def waiting() -> QuerySet[ReportLot]:
    """Goods under a report that wait for a disposition, or for what theirs is done by."""
    return ReportLot.objects.filter(Q(open__gt=0) | Q(disposition__state="decided"))


class Disposing:
    """The rules about goods under a report, for the histories of the ledger."""

    act: Any
    lies: Any
    names: Any
    plant: Any

    @rule(n=ANY, kind=st.sampled_from(KINDS), quantity=st.none() | QUANTITY)
    def dispose(self, n: int, kind: DispositionKind, quantity: int | None) -> None:
        """The board decides about goods under a report, or a part; sometimes about too many."""
        rows = list(waiting().order_by("lot__number", "report__number"))
        if not rows:
            return
        row = rows[n % len(rows)]
        amount = None if quantity is None else Decimal(quantity)
        place = self.lies(row.lot, n)
        names = self.names(row.lot, place, quantity) if quantity else ()
        units = nonconformance.Units(row.lot_id, amount, place, self.plant.own, names)
        self.act(
            nonconformance.dispose,
            by=IMPORT_BOARD,
            report_id=row.report_id,
            wanted=nonconformance.Wanted(units, kind),
        )

    @rule(n=ANY, is_cancelled=st.booleans())
    def end_disposition(self, n: int, is_cancelled: bool) -> None:
        """What was decided is carried out, or taken back."""
        rows = list(Disposition.objects.filter(state="decided").order_by("number"))
        if rows and is_cancelled:
            self.act(cancel_disposition, disposition_id=rows[n % len(rows)].pk)
        elif rows:
            self.act(
                carry_out_disposition,
                disposition_id=rows[n % len(rows)].pk,
                is_rendered_unusable=True,
            )

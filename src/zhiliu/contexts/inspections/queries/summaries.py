"""What a row of the list of inspections says of its lots and samples, in the query of the list."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from zhiliu.contexts.inspections.models import Inspection, InspectionLot, InspectionSample


def summarised(rows: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """Inspections with their first lot, how much was presented, and how far their samples are read.

    `sample_size` and `severity` are those of the largest sample, null without a plan; `cells` are
    the readings that complete the samples, `read` those there are.
    """
    lots = InspectionLot.objects.filter(inspection_id=OuterRef("pk"))
    samples = InspectionSample.objects.filter(inspection_id=OuterRef("pk"))
    first, largest = lots.order_by("lot_id"), samples.order_by("-to_inspect", "id")
    return rows.annotate(
        first_lot_id=Subquery(first.values("lot_id")[:1]),
        first_lot=Subquery(first.values("lot__number")[:1]),
        presented=_total(lots, "presented"),
        sample_size=Subquery(largest.values("to_inspect")[:1]),
        severity=Subquery(largest.values("severity")[:1]),
        cells=_total(samples, "cells"),
        read=_total(samples, "read"),
    )


def _total(rows: QuerySet[Any], name: str) -> Coalesce:
    each = rows.order_by().values("inspection_id")
    return Coalesce(
        Subquery(each.annotate(total=Sum(name)).values("total")), 0, output_field=_FIELD
    )


_FIELD = InspectionLot._meta.get_field("presented")

"""What the same characteristic was like in the lots before: for whoever reads the next one."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Avg, Count, Exists, Max, Min, OuterRef, Q, Subquery

from zhiliu.contexts.inspections.models import Inspection, InspectionLot, Reading
from zhiliu.contexts.inspections.permissions import INSPECTIONS
from zhiliu.kernel.actor import Actor

LOTS_BEFORE = 4  # UX.md section 2: enough to see a drift, few enough to stand beside the grid


def list_history(actor: Actor, inspection: Inspection) -> list[Mapping[str, Any]]:
    """Mean, least and greatest value of each measured characteristic in the last four inspections
    by plan of this material from this supplier that the actor may see, the latest first.

    A characteristic is the same when its code is. Only readings that count: none that was
    corrected. One query; the inspections come from an index, and what is read of them is bounded
    by their samples, so the cost does not grow with what was inspected before.
    """
    before = Inspection.objects.filter(
        INSPECTIONS.filter(actor),
        material_id=inspection.material_id,
        supplier_id=inspection.supplier_id,
        plan_version__isnull=False,
        pk__lt=inspection.pk,
    ).order_by("-pk")[:LOTS_BEFORE]
    later = Reading.objects.filter(
        inspection_id=OuterRef("inspection_id"),
        unit_no=OuterRef("unit_no"),
        characteristic_id=OuterRef("characteristic_id"),
        ordinal__gt=OuterRef("ordinal"),
    )
    lots = InspectionLot.objects.filter(inspection_id=OuterRef("inspection_id")).order_by("lot_id")
    rows = Reading.objects.filter(~Exists(later), value__isnull=False)
    rows = rows.filter(inspection_id__in=Subquery(before.values("pk")))
    found = rows.values(
        "inspection_id", "inspection__number", "inspection__state", "characteristic__code"
    ).annotate(
        lot_id=Subquery(lots.values("lot_id")[:1]),
        lot=Subquery(lots.values("lot__number")[:1]),
        count=Count("pk"),
        out=Count("pk", filter=Q(is_in=False)),
        mean=Avg("value"),
        least=Min("value"),
        greatest=Max("value"),
    )
    return list(found.order_by("-inspection_id", "characteristic__code"))

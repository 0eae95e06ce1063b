"""Nonconformance reports and the lots under them."""

from django.db import models
from django.db.models import F, Q

from zhiliu.contexts.catalog.models import Material, Site
from zhiliu.contexts.inspections.models import Inspection
from zhiliu.contexts.nonconformance.states import ReportState
from zhiliu.contexts.partners.models import Partner
from zhiliu.contexts.purchasing.models import OrderLine
from zhiliu.contexts.stock.models import Lot
from zhiliu.kernel.ids import new_id
from zhiliu.platform.evidence.public import AuditedModel


class Report(AuditedModel):
    """Nonconforming goods of one material, supplier and site, and what is known about them.

    `inspection` is the one whose verdict found them; of an escape the one that had let them
    through. `estimated_cost` is their value at order price when the report was opened, null when a
    lot has no order line or the lots were bought in several currencies. `severity_class` is the
    worst of the defects found, empty where nobody said. `due_at` is when all of it should have a
    disposition, `due_rule` the row of nonconformance.disposition_due that says so.
    """

    kind = "nonconformance.report"

    number = models.CharField(max_length=40)
    company_id = models.UUIDField()
    site = models.ForeignKey(Site, on_delete=models.PROTECT, db_index=False, related_name="+")
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=12)
    severity_class = models.CharField(max_length=10, blank=True)  # catalog.states.SeverityClass
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=10)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    due_at = models.DateTimeField()
    due_rule = models.CharField(max_length=100)
    description = models.TextField(blank=True)
    containment = models.TextField(blank=True)
    cause_code = models.CharField(max_length=30, blank=True)
    cause_text = models.TextField(blank=True)
    estimated_cost = models.DecimalField(max_digits=38, decimal_places=6, null=True)
    currency = models.CharField(max_length=3, blank=True)
    review_board = models.CharField(max_length=60, blank=True)
    rule = models.CharField(max_length=100, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company_id", "number"], name="nonconformance_report_number"
            ),
            models.CheckConstraint(
                condition=Q(estimated_cost__isnull=True, currency="")
                | Q(estimated_cost__gte=0) & ~Q(currency=""),
                name="nonconformance_cost_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.CLOSED, closed_at__isnull=False)
                & Q(closed_by__isnull=False)
                | ~Q(state=ReportState.CLOSED) & Q(closed_at=None, closed_by=None),
                name="nonconformance_report_closed",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("opened_at")), name="nonconformance_due_after_opening"
            ),
        ]
        indexes = [
            models.Index(
                fields=["site", "id"],
                name="nonconformance_report_open",
                condition=~Q(state=ReportState.CLOSED),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="nonconformance_report_due",
                condition=Q(state=ReportState.OPEN),
            ),
        ]


class ReportLot(models.Model):
    """What became of one lot's nonconforming quantity: running totals, in the stock unit.

    quantity = open + disposed + cleared, always (invariant I17). `open` waits for a disposition,
    `disposed` has one, `cleared` needs none: a later inspection accepted it, or it is gone without
    one (counted away, destroyed in test, kept as a sample, used under an urgent release). A lot is
    open in one report at a time. `disposition` is the latest one that covers the lot or the lot
    that it was split from.
    `order_line` is what the lot, or the lot that it was split from, was received for: its price is
    the goods' price.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, db_index=False, related_name="+")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    open = models.DecimalField(max_digits=18, decimal_places=6)
    disposed = models.DecimalField(max_digits=18, decimal_places=6)
    cleared = models.DecimalField(max_digits=18, decimal_places=6)
    disposition = models.ForeignKey(
        "nonconformance.Disposition", on_delete=models.PROTECT, null=True, related_name="+"
    )
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "lot"], name="nonconformance_lot_once"),
            models.UniqueConstraint(
                fields=["lot"], condition=Q(open__gt=0), name="nonconformance_lot_open_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    open__gte=0,
                    disposed__gte=0,
                    cleared__gte=0,
                    quantity=F("open") + F("disposed") + F("cleared"),
                ),
                name="nonconformance_lot_adds_up",
            ),
        ]

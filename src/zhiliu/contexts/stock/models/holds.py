"""What stops goods, and who waits for them."""

from django.db import models

from zhiliu.contexts.catalog.models import Company
from zhiliu.contexts.partners.models import Partner
from zhiliu.contexts.stock.models.ledger import Serial
from zhiliu.contexts.stock.models.lots import Lot
from zhiliu.contexts.stock.models.places import Place
from zhiliu.platform.evidence.public import AppendOnlyModel, AuditedModel


class Hold(AuditedModel):
    """A temporary block of a lot: why, who may lift it, and when to look again."""

    kind = "stock.hold"

    number = models.CharField(max_length=40)
    company_id = models.UUIDField()
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=20)
    cause_kind = models.CharField(max_length=60, blank=True)
    cause_id = models.UUIDField(null=True)
    cause_number = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    responsible_id = models.UUIDField()
    review_date = models.DateField(null=True)
    state = models.CharField(max_length=10)
    placed_at = models.DateTimeField()
    placed_by = models.UUIDField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)
    lift_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company_id", "number"], name="stock_hold_number")
        ]
        indexes = [
            models.Index(fields=["lot"], name="stock_hold_open", condition=models.Q(state="open"))
        ]


class Reservation(AuditedModel):
    """A quantity of one balance row kept for one reference."""

    kind = "stock.reservation"

    number = models.CharField(max_length=40)
    company_id = models.UUIDField()
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    open_quantity = models.DecimalField(max_digits=18, decimal_places=6)
    reference_kind = models.CharField(max_length=60)
    reference_id = models.UUIDField()
    reference_number = models.CharField(max_length=60)
    customer_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10)
    reserved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company_id", "number"], name="stock_reservation_number"
            ),
            models.CheckConstraint(
                condition=models.Q(open_quantity__gte=0)
                & models.Q(open_quantity__lte=models.F("quantity")),
                name="stock_reservation_open_quantity",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lot", "place", "owner"],
                name="stock_reservation_open",
                condition=models.Q(state="open"),
            ),
            models.Index(fields=["reference_id"], name="stock_reservation_reference"),
        ]


class GenealogyEdge(AppendOnlyModel):
    """Quantity of one lot that became part of another, or left for a reference (an order).

    Exactly one of `target` and the reference is named. `is_assumed` marks edges of material without
    lot control: the oldest usable lots were taken.
    """

    source = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, related_name="+")
    source_serial = models.ForeignKey(Serial, on_delete=models.PROTECT, null=True, related_name="+")
    target_serial = models.ForeignKey(Serial, on_delete=models.PROTECT, null=True, related_name="+")
    edge_kind = models.CharField(max_length=10)
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    is_assumed = models.BooleanField(default=False)
    reference_kind = models.CharField(max_length=60, blank=True)
    reference_id = models.UUIDField(null=True)
    reference_number = models.CharField(max_length=60, blank=True)
    command_id = models.UUIDField()
    occurred_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target__isnull=False) ^ models.Q(reference_id__isnull=False),
                name="stock_edge_one_end",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="stock_edge_quantity_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(target__isnull=True) | ~models.Q(target=models.F("source")),
                name="stock_edge_two_lots",
            ),
        ]
        indexes = [
            models.Index(fields=["source"], name="stock_edge_source"),
            models.Index(
                fields=["target"],
                name="stock_edge_target",
                condition=models.Q(target__isnull=False),
            ),
        ]


class Period(AuditedModel):
    """A span of business time of one company; closed, it refuses what occurred inside it."""

    kind = "stock.period"

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "starts_on"], name="stock_period_once"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="stock_period_has_length",
            ),
        ]

    @property
    def name(self) -> str:
        """How people name it: its first and last day."""
        return f"{self.starts_on}/{self.ends_on}"

"""What came to the dock."""

from django.db import models

from zhiliu.contexts.catalog.models import Company, Material, MaterialRevision, Site, Unit
from zhiliu.contexts.partners.models import Partner
from zhiliu.contexts.purchasing.models import Order, OrderLine
from zhiliu.contexts.stock.models import Lot, Place
from zhiliu.platform.evidence.public import AppendOnlyModel, AuditedModel


class Arrival(AuditedModel):
    """One delivery that was booked in: from which supplier, for which order if any, to where."""

    kind = "receiving.arrival"

    number = models.CharField(max_length=40)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    carrier = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    delivery_note = models.CharField(max_length=60, blank=True)
    arrived_at = models.DateTimeField()
    received_by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="receiving_arrival_number")
        ]


class ArrivalLine(AppendOnlyModel):
    """The goods of one lot in an arrival.

    `quantity` and `unit` are what was given for the delivery line `delivery_line`; `stock_quantity`
    is what this lot got of it in the stock unit. A delivery line over tolerance makes two rows
    (received, surplus), so only `stock_quantity` may be summed. The exact conversion is the sum of
    stock_quantity plus the line's `rounding_difference`. `line_kind` is states.ArrivalLineKind.
    """

    arrival = models.ForeignKey(Arrival, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveSmallIntegerField()
    delivery_line = models.PositiveSmallIntegerField()
    line_kind = models.CharField(max_length=20)
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, null=True, related_name="+")
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(
        MaterialRevision, on_delete=models.PROTECT, null=True, related_name="+"
    )
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    stock_quantity = models.DecimalField(max_digits=18, decimal_places=6)
    rounding_difference = models.DecimalField(max_digits=24, decimal_places=12)
    owner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    supplier_lot = models.CharField(max_length=60, blank=True)
    maker = models.CharField(max_length=100, blank=True)
    manufactured_date = models.DateField(null=True)
    expires_date = models.DateField(null=True)
    lot = models.OneToOneField(Lot, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["arrival", "line"], name="receiving_line_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, stock_quantity__gt=0),
                name="receiving_line_positive",
            ),
        ]


class GateRefusal(AppendOnlyModel):
    """Goods that were turned away at the gate: no stock, no lot, but a reason.

    Either `material` or a free `description` says what it was.
    """

    number = models.CharField(max_length=40)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, null=True, related_name="+")
    material = models.ForeignKey(Material, on_delete=models.PROTECT, null=True, related_name="+")
    description = models.CharField(max_length=200, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    delivery_note = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    refused_by = models.UUIDField()
    command_id = models.UUIDField()
    occurred_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="receiving_refusal_number"),
            models.CheckConstraint(
                condition=models.Q(material__isnull=False) | ~models.Q(description=""),
                name="receiving_refusal_names_goods",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__isnull=True, unit__isnull=True)
                | models.Q(quantity__gt=0, unit__isnull=False),
                name="receiving_refusal_quantity",
            ),
        ]

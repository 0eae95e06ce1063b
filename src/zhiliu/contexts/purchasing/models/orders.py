"""What was ordered, and how much of it came."""

from decimal import Decimal

from django.db import models

from zhiliu.contexts.catalog.models import Company, Material, MaterialRevision, Site, Unit
from zhiliu.contexts.partners.models import Partner
from zhiliu.contexts.purchasing.states import OrderState
from zhiliu.kernel.ids import new_id
from zhiliu.platform.evidence.public import AuditedModel


class Order(AuditedModel):
    """A purchase order: one supplier delivers to one site, in one currency.

    `state` is states.OrderState. `buyer_id` is who wrote it and is told what goes wrong with it.
    `ended_*` say who cancelled or closed it, when and why.
    """

    kind = "purchasing.order"

    number = models.CharField(max_length=40)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)
    currency = models.CharField(max_length=3)
    order_date = models.DateField()
    reference = models.CharField(max_length=100, blank=True)
    buyer_id = models.UUIDField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="purchasing_order_number"),
            models.CheckConstraint(
                condition=~models.Q(state__in=[OrderState.CONFIRMED, OrderState.CLOSED])
                | models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="purchasing_order_confirmed",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[OrderState.DRAFT, OrderState.CONFIRMED], ended_at__isnull=True
                )
                | models.Q(
                    state__in=[OrderState.CLOSED, OrderState.CANCELLED],
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                ),
                name="purchasing_order_ended",
            ),
        ]


class OrderLine(models.Model):
    """One material of an order. What was ordered never changes; like a balance, the row only
    carries two running totals, which WriteSet.add_to changes under the order's lock.

    `quantity` and `price` are in and per `unit`, as ordered; `stock_quantity`, `received` and
    `returned` are in the material's stock unit. Exactly ordered = stock_quantity +
    rounding_difference.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveSmallIntegerField()
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(
        MaterialRevision, on_delete=models.PROTECT, null=True, related_name="+"
    )
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    stock_quantity = models.DecimalField(max_digits=18, decimal_places=6)
    rounding_difference = models.DecimalField(max_digits=24, decimal_places=12)
    price = models.DecimalField(max_digits=18, decimal_places=6)
    due_date = models.DateField(null=True)
    received = models.DecimalField(max_digits=18, decimal_places=6, default=Decimal(0))
    returned = models.DecimalField(max_digits=18, decimal_places=6, default=Decimal(0))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "line"], name="purchasing_line_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, stock_quantity__gt=0, price__gte=0),
                name="purchasing_line_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(received__gte=0, returned__gte=0),
                name="purchasing_line_totals",
            ),
            models.CheckConstraint(
                condition=models.Q(returned__lte=models.F("received")),
                name="purchasing_line_returned",
            ),
        ]

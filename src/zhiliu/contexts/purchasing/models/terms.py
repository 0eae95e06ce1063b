"""What was agreed with a supplier."""

from django.db import models

from zhiliu.contexts.catalog.models import Material, Unit
from zhiliu.contexts.partners.models import Partner
from zhiliu.platform.evidence.public import AuditedModel


class SupplierTerms(AuditedModel):
    """At which terms a supplier delivers a material.

    `price`, `min_order_quantity` and `max_order_quantity` are per or in `unit`.
    """

    kind = "purchasing.supplier_terms"

    supplier = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    price = models.DecimalField(max_digits=18, decimal_places=6)
    currency = models.CharField(max_length=3)
    lead_time_days = models.PositiveIntegerField()
    min_order_quantity = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    max_order_quantity = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    supplier_item = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supplier", "material"], name="purchasing_terms_once"),
            models.CheckConstraint(
                condition=models.Q(price__gte=0)
                & (models.Q(min_order_quantity__isnull=True) | models.Q(min_order_quantity__gt=0))
                & (models.Q(max_order_quantity__isnull=True) | models.Q(max_order_quantity__gt=0)),
                name="purchasing_terms_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(min_order_quantity__isnull=True)
                | models.Q(max_order_quantity__isnull=True)
                | models.Q(min_order_quantity__lte=models.F("max_order_quantity")),
                name="purchasing_terms_range",
            ),
        ]

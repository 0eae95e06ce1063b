"""What went back to suppliers."""

from django.db import models

from zhiliu.contexts.catalog.models import Company, Site
from zhiliu.contexts.partners.models import Partner
from zhiliu.contexts.purchasing.models import OrderLine
from zhiliu.contexts.stock.models import Lot, Place
from zhiliu.platform.evidence.public import AppendOnlyModel, AuditedModel


class SupplierReturn(AuditedModel):
    """One consignment of goods that went back to a supplier."""

    kind = "receiving.supplier_return"

    number = models.CharField(max_length=40)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    returned_at = models.DateTimeField()
    returned_by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="receiving_return_number")
        ]


class SupplierReturnLine(AppendOnlyModel):
    """What of one lot went back from one place and owner, in the stock unit, and by which voucher.

    `order_line` is the line that the lot was received for, if any: its `returned` total counts it.
    """

    supplier_return = models.ForeignKey(SupplierReturn, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveSmallIntegerField()
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, null=True, related_name="+")
    voucher_kind = models.CharField(max_length=60, blank=True)
    voucher_id = models.UUIDField(null=True)
    voucher_number = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supplier_return", "line"], name="receiving_return_line_once"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="receiving_return_positive"
            ),
        ]

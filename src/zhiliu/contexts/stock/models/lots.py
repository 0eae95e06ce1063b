"""Lots, their versions, bounds, measures and labels."""

from django.db import models

from zhiliu.contexts.catalog.models import Material, MaterialRevision, Site, Unit
from zhiliu.contexts.partners.models import Partner
from zhiliu.platform.evidence.public import AppendOnlyModel, AuditedModel


class Lot(AuditedModel):
    """A population from one source line, numbered from arrival on.

    `initial_quantity` is what was booked into it at birth, in the material's stock unit. The row
    holds all that a gate asks: status, number of open holds, expiry, urgent mark and bounds (what
    remains of a bound is in LotBound). Each change of these raises the version and appends a
    LotVersion.
    """

    kind = "stock.lot"

    number = models.CharField(max_length=60)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    company_id = models.UUIDField()
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(
        MaterialRevision, on_delete=models.PROTECT, null=True, related_name="+"
    )
    origin = models.CharField(max_length=20)
    origin_kind = models.CharField(max_length=60)
    origin_id = models.UUIDField()
    origin_number = models.CharField(max_length=60)
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    lot_control = models.CharField(max_length=10)  # catalog.states.LotControl at birth
    initial_quantity = models.DecimalField(max_digits=18, decimal_places=6)
    supplier = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    supplier_lot = models.CharField(max_length=60, blank=True)
    maker = models.CharField(max_length=100, blank=True)
    manufactured_date = models.DateField(null=True)

    status = models.CharField(max_length=20)
    open_holds = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)
    is_urgent = models.BooleanField(default=False)
    bound_quantity = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    bound_until = models.DateTimeField(null=True)
    bound_references = models.JSONField(null=True)
    bound_customers = models.JSONField(null=True)
    status_occurred_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company_id", "number"], name="stock_lot_number"),
            models.CheckConstraint(
                condition=models.Q(initial_quantity__gte=0), name="stock_lot_initial_quantity"
            ),
        ]
        indexes = [
            models.Index(fields=["material", "status"], name="stock_lot_material"),
            models.Index(
                fields=["supplier_lot"],
                name="stock_lot_supplier_lot",
                condition=~models.Q(supplier_lot=""),
            ),
            models.Index(
                fields=["split_from"],
                name="stock_lot_split_from",
                condition=models.Q(split_from__isnull=False),
            ),
        ]

    @property
    def has_serials(self) -> bool:
        """True when every piece of the lot has a number of its own."""
        return self.lot_control == "serial"


class LotVersion(AppendOnlyModel):
    """What a lot's gate said at one version, and the voucher that made it so."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=20)
    holds = models.JSONField(default=list)
    expires_at = models.DateTimeField(null=True)
    is_urgent = models.BooleanField(default=False)
    bounds = models.JSONField(null=True)
    voucher_kind = models.CharField(max_length=60)
    voucher_id = models.UUIDField()
    voucher_number = models.CharField(max_length=60)
    voucher_version = models.PositiveIntegerField(null=True)
    command_id = models.UUIDField()
    occurred_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lot", "version"], name="stock_lot_version_once")
        ]


class LotBound(models.Model):
    """What remains of a restricted lot's quantity; locked and checked like a balance.

    `quantity` is what was set, less what parts took along when they were split off.
    """

    lot = models.OneToOneField(Lot, on_delete=models.PROTECT, primary_key=True, related_name="+")
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    remaining = models.DecimalField(max_digits=18, decimal_places=6)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(remaining__gte=0)
                & models.Q(remaining__lte=models.F("quantity")),
                name="stock_bound_not_exceeded",
            )
        ]


class LotMeasure(AppendOnlyModel):
    """A lot's own measured conversion: one `unit` of this lot is `factor` stock units."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    factor = models.DecimalField(max_digits=18, decimal_places=6)
    command_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lot", "unit"], name="stock_lot_measure_once"),
            models.CheckConstraint(
                condition=models.Q(factor__gt=0), name="stock_lot_measure_positive"
            ),
        ]


class LabelPrint(AppendOnlyModel):
    """Labels of a lot that were printed: how many, of which size, by whom, why.

    `elements` is what their code says: (GS1 application identifier, value) in order. `dots_per_mm`
    is the label printer's resolution (8: 203 dpi, 12: 300 dpi).
    """

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    copies = models.PositiveIntegerField()
    size = models.CharField(max_length=8)  # states.LabelSize
    file_format = models.CharField(max_length=3)  # states.LabelFormat
    dots_per_mm = models.PositiveSmallIntegerField()
    elements = models.JSONField()
    printed_by = models.UUIDField()
    reason = models.TextField(blank=True)
    command_id = models.UUIDField()
    occurred_at = models.DateTimeField()

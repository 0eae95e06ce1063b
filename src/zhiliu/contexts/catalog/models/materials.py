"""What is bought, made, kept and sold."""

from django.db import models
from django.db.models.functions import Greatest, Least

from zhiliu.platform.evidence.public import AuditedModel


class Unit(AuditedModel):
    """A unit of measure and how many decimals its quantities keep (at most 6). Never changes."""

    kind = "catalog.unit"

    code = models.CharField(max_length=12, unique=True)
    name_en = models.CharField(max_length=60)
    name_zh = models.CharField(max_length=60, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decimals__lte=6), name="catalog_unit_decimals"
            )
        ]


class ControlProfile(AuditedModel):
    """How materials are tracked and gated: lot control, inspection need, tolerances, shelf life.

    Its version is the voucher of an inspection exemption. Tolerances are percent of the ordered
    quantity. Its lot control never changes: the lots and serials that exist would contradict it.
    """

    kind = "catalog.control_profile"

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=100)
    lot_control = models.CharField(max_length=10)  # states.LotControl
    inspection = models.CharField(max_length=10)  # states.InspectionNeed
    over_tolerance_percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    short_tolerance_percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    shelf_life_days = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    over_tolerance_percent__gte=0,
                    short_tolerance_percent__gte=0,
                    short_tolerance_percent__lte=100,
                ),
                name="catalog_profile_tolerances",
            )
        ]


class Material(AuditedModel):
    """A kind of goods with its stock unit and control profile.

    `gtin` is its GS1 trade item number in 14 digits, or empty: labels then carry own elements.
    """

    kind = "catalog.material"

    number = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=150)
    group = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    profile = models.ForeignKey(ControlProfile, on_delete=models.PROTECT, related_name="+")
    gtin = models.CharField(max_length=14, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gtin"], condition=~models.Q(gtin=""), name="catalog_material_gtin"
            )
        ]


class MaterialRevision(AuditedModel):
    """A revision of a material's design; documents and lots name the one they mean."""

    kind = "catalog.material_revision"

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="+")
    revision = models.CharField(max_length=15)
    valid_from = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["material", "revision"], name="catalog_revision_once")
        ]


class UnitConversion(AuditedModel):
    """One `from_unit` is exactly numerator/denominator `to_unit`, for one material or for all.

    It holds backwards too, so there is at most one between two units for the same material.
    """

    kind = "catalog.unit_conversion"

    material = models.ForeignKey(Material, on_delete=models.PROTECT, null=True, related_name="+")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    numerator = models.PositiveBigIntegerField()
    denominator = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.F("material"),
                Least("from_unit", "to_unit"),
                Greatest("from_unit", "to_unit"),
                nulls_distinct=False,
                name="catalog_conversion_once",
            ),
            models.CheckConstraint(
                condition=models.Q(numerator__gt=0, denominator__gt=0),
                name="catalog_conversion_positive",
            ),
        ]


class BillLine(AuditedModel):
    """One component of an assembly: how much of it goes into one assembly, and when that holds."""

    kind = "catalog.bill_line"

    assembly = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="+")
    component = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "component", "valid_from"], name="catalog_bill_line_once"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="catalog_bill_quantity_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="catalog_bill_validity",
            ),
        ]

"""Whom the company deals with."""

from django.db import models

from zhiliu.contexts.catalog.models import Company, Material
from zhiliu.platform.evidence.public import AuditedModel


class Partner(AuditedModel):
    """A supplier, customer or carrier; with `company` set, this company as owner of goods."""

    kind = "partners.partner"

    number = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=150)
    company = models.OneToOneField(Company, on_delete=models.PROTECT, null=True, related_name="+")
    is_supplier = models.BooleanField(default=False)
    is_customer = models.BooleanField(default=False)
    is_carrier = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)


class SupplyBlock(AuditedModel):
    """A supplier may not be ordered from, or its goods are received into hold.

    For one material or, with none named, for all. `blocked_function` is states.BlockedFunction.
    """

    kind = "partners.supply_block"

    supplier = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    material = models.ForeignKey(Material, on_delete=models.PROTECT, null=True, related_name="+")
    blocked_function = models.CharField(max_length=10)
    reason = models.TextField()
    placed_at = models.DateTimeField()
    placed_by = models.UUIDField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)
    lift_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "material", "blocked_function"],
                condition=models.Q(lifted_at__isnull=True),
                nulls_distinct=False,
                name="partners_supply_block_once",
            )
        ]

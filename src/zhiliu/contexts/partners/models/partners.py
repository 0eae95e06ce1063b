"""Whom the company deals with."""

from django.db import models

from zhiliu.contexts.catalog.models import Company, Material
from zhiliu.contexts.partners.states import PartnerRole, SupplyBlockState
from zhiliu.platform.evidence.public import AuditedModel


class Partner(AuditedModel):
    """A supplier, customer or carrier; with `company` set, this company as owner of goods.

    The partner of a company never changes.
    """

    kind = "partners.partner"

    number = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=150)
    company = models.OneToOneField(Company, on_delete=models.PROTECT, null=True, related_name="+")
    is_supplier = models.BooleanField(default=False)
    is_customer = models.BooleanField(default=False)
    is_carrier = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_supplier=True)
                | models.Q(is_customer=True)
                | models.Q(is_carrier=True)
                | models.Q(company__isnull=False),
                name="partners_partner_has_role",
            )
        ]

    @property
    def roles(self) -> tuple[PartnerRole, ...]:
        """What the partner is to us; empty for the partner of a company of ours."""
        return tuple(role for role in PartnerRole if getattr(self, f"is_{role}"))


class SupplyBlock(AuditedModel):
    """A supplier may not be ordered from, or its goods are received into hold.

    For one material or, with none named, for all. `blocked_function` is states.BlockedFunction,
    `state` is states.SupplyBlockState.
    """

    kind = "partners.supply_block"

    supplier = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    material = models.ForeignKey(Material, on_delete=models.PROTECT, null=True, related_name="+")
    blocked_function = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
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
                condition=models.Q(state=SupplyBlockState.OPEN),
                nulls_distinct=False,
                name="partners_supply_block_once",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state=SupplyBlockState.OPEN, lifted_at__isnull=True, lifted_by__isnull=True
                )
                | models.Q(
                    state=SupplyBlockState.LIFTED,
                    lifted_at__gte=models.F("placed_at"),
                    lifted_by__isnull=False,
                ),
                name="partners_supply_block_lifted",
            ),
        ]

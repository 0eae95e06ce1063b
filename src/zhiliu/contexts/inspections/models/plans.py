"""How goods are inspected: plans, their versions, classes and characteristics."""

from decimal import Decimal
from typing import Final

from django.db import models
from django.db.models import F, Q

from zhiliu.contexts.catalog.models import Material, Specification, Unit
from zhiliu.contexts.equipment.models import GaugeType
from zhiliu.contexts.inspections.states import PlanState
from zhiliu.contexts.partners.models import Partner
from zhiliu.platform.evidence.public import AppendOnlyModel, AuditedModel

NEAR_PERCENT: Final = Decimal("7.5")  # of the tolerance width, unless a plan says otherwise


class InspectionPlan(AuditedModel):
    """What an inspection plan is for: a material or a material group, of one supplier or of all.

    Which plan an inspection follows is decided by the rule table inspections.plan_choice.
    """

    kind = "inspections.plan"

    number = models.CharField(max_length=90, unique=True)
    name = models.CharField(max_length=150)
    stage = models.CharField(max_length=12)
    material = models.ForeignKey(Material, on_delete=models.PROTECT, null=True, related_name="+")
    material_group = models.CharField(max_length=60, blank=True)
    supplier = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(material__isnull=False) ^ ~Q(material_group=""),
                name="inspections_plan_for_one",
            ),
            models.UniqueConstraint(
                fields=["stage", "material", "material_group", "supplier"],
                nulls_distinct=False,
                name="inspections_plan_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["material_group"],
                name="inspections_plan_group",
                condition=~Q(material_group=""),
            )
        ]


class PlanVersion(AuditedModel):
    """One version of a plan; immutable once approved, and what inspections and readings point at.

    At most one version of a plan holds at any instant: valid_from <= instant < valid_to, and not a
    draft. `valid` has no end yet; `ended` has one, which may lie ahead. `specification` is the
    issue whose limits were copied when the version was approved. `draft` holds the classes and
    characteristics while they may change (their audit trail is the record's); approval writes them
    as rows and empties it.
    """

    kind = "inspections.plan_version"

    plan = models.ForeignKey(InspectionPlan, on_delete=models.PROTECT, related_name="+")
    version_no = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10)
    specification = models.ForeignKey(
        Specification, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    note = models.TextField(blank=True)
    near_percent = models.DecimalField(max_digits=5, decimal_places=2, default=NEAR_PERCENT)
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    draft = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "version_no"], name="inspections_plan_version_once"
            ),
            models.UniqueConstraint(
                fields=["plan", "state"],
                condition=~Q(state=PlanState.ENDED),
                name="inspections_plan_state_once",
            ),
            models.CheckConstraint(
                condition=Q(near_percent__gte=0, near_percent__lte=50),
                name="inspections_plan_version_near",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=PlanState.DRAFT,
                    valid_from=None,
                    valid_to=None,
                    approved_by=None,
                    approved_at=None,
                )
                | Q(
                    state=PlanState.VALID,
                    valid_from__isnull=False,
                    valid_to=None,
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                    draft={},
                )
                | Q(
                    state=PlanState.ENDED,
                    valid_from__isnull=False,
                    valid_to__gte=F("valid_from"),
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                    draft={},
                ),
                name="inspections_plan_version_whole",
            ),
        ]

    @property
    def shown(self) -> str:
        """The plan's number and the version, as refusals name it."""
        return f"{self.plan.number} v{self.version_no}"


class PlanClass(AppendOnlyModel):
    """How many units a plan version inspects for one severity class, and what it may find.

    `scheme`, `level`, `aql` (percent nonconforming, or nonconformities per 100 units) and `basis`
    as in states; `fixed_n` is the n of scheme `fixed`. `may_skip` lets the class enter skip-lot.
    """

    plan_version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    severity_class = models.CharField(max_length=10)
    scheme = models.CharField(max_length=5)
    level = models.CharField(max_length=4, blank=True)
    aql = models.DecimalField(max_digits=8, decimal_places=3, null=True)
    fixed_n = models.PositiveIntegerField(null=True)
    basis = models.CharField(max_length=20)
    may_skip = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan_version", "severity_class"], name="inspections_plan_class_once"
            ),
            models.CheckConstraint(
                condition=Q(scheme__in=("iso", "mil"), aql__isnull=False, fixed_n=None)
                & ~Q(level="")
                | Q(scheme="fixed", fixed_n__gt=0, aql=None, level="")
                | Q(scheme="full", fixed_n=None, aql=None, level=""),
                name="inspections_plan_class_whole",
            ),
        ]


class PlanCharacteristic(AppendOnlyModel):
    """One characteristic of a plan version: what is inspected, within which limits, with what.

    `lower` and `upper` are inclusive; where the version follows a specification they are its
    limits of the same code. `formula` gives a calculated characteristic from the codes of numeric
    ones. `scheme` and the columns after it override the class's sampling when `scheme` is not
    empty. The units of a destructive characteristic are consumed in test.
    """

    plan_version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    ordinal = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    name_en = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100, blank=True)
    characteristic_kind = models.CharField(max_length=10)
    severity_class = models.CharField(max_length=10)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    nominal = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    lower = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    upper = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    resolution = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    formula = models.CharField(max_length=300, blank=True)
    gauge_type = models.ForeignKey(
        GaugeType, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    is_destructive = models.BooleanField(default=False)
    scheme = models.CharField(max_length=5, blank=True)
    level = models.CharField(max_length=4, blank=True)
    aql = models.DecimalField(max_digits=8, decimal_places=3, null=True)
    fixed_n = models.PositiveIntegerField(null=True)
    basis = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan_version", "code"], name="inspections_plan_characteristic_once"
            ),
            models.CheckConstraint(
                condition=Q(lower__isnull=True) | Q(upper__isnull=True) | Q(lower__lte=F("upper")),
                name="inspections_plan_limits",
            ),
        ]

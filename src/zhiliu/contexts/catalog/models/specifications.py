"""What a material must be like: its characteristics and limits, version by version."""

from django.db import models
from django.db.models import F, Q

from zhiliu.contexts.catalog.models.materials import Material, MaterialRevision, Unit
from zhiliu.contexts.catalog.states import CharacteristicKind, SpecificationState
from zhiliu.platform.evidence.public import AppendOnlyModel, AuditedModel


class Specification(AuditedModel):
    """One issue of what a revision of a material must be like; immutable once approved.

    Of one material and revision (none: of the material as such) at most one issue holds at any
    instant: valid_from <= instant < valid_to, and not a draft. `valid` has no end yet; `ended` has
    one, which may lie ahead. `draft` holds the characteristics while they may change (their audit
    trail is the record's); approval writes them as rows and empties it.
    """

    kind = "catalog.specification"

    number = models.CharField(max_length=64)
    issue = models.PositiveSmallIntegerField()
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(
        MaterialRevision, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    state = models.CharField(max_length=10)  # states.SpecificationState
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    draft = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number", "issue"], name="catalog_specification_issue_once"
            ),
            models.UniqueConstraint(
                fields=["material", "revision", "issue"],
                nulls_distinct=False,
                name="catalog_specification_once",
            ),
            models.UniqueConstraint(
                fields=["material", "revision", "state"],
                condition=~Q(state=SpecificationState.ENDED),
                nulls_distinct=False,
                name="catalog_specification_state_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=SpecificationState.DRAFT,
                    valid_from=None,
                    valid_to=None,
                    approved_by=None,
                    approved_at=None,
                )
                | Q(
                    state=SpecificationState.VALID,
                    valid_from__isnull=False,
                    valid_to=None,
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                    draft=[],
                )
                | Q(
                    state=SpecificationState.ENDED,
                    valid_from__isnull=False,
                    valid_to__gte=F("valid_from"),
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                    draft=[],
                ),
                name="catalog_specification_whole",
            ),
        ]

    @property
    def shown(self) -> str:
        """Number and issue, as refusals name it."""
        return f"{self.number} #{self.issue}"


class SpecificationCharacteristic(AppendOnlyModel):
    """One requirement of an approved specification: a measured, counted, read or calculated one.

    `lower` and `upper` are inclusive limits in `unit`; one of them may be absent. `resolution` is
    the smallest step in which a value is stated. `formula` gives a calculated characteristic from
    the codes of numeric ones.
    """

    specification = models.ForeignKey(
        Specification, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    ordinal = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    name_en = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100, blank=True)
    characteristic_kind = models.CharField(max_length=10)  # states.CharacteristicKind
    severity_class = models.CharField(max_length=10)  # states.SeverityClass
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    nominal = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    lower = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    upper = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    resolution = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    formula = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["specification", "code"], name="catalog_specified_characteristic_once"
            ),
            models.CheckConstraint(
                condition=Q(lower__isnull=True) | Q(upper__isnull=True) | Q(lower__lte=F("upper")),
                name="catalog_specified_limits",
            ),
            models.CheckConstraint(
                condition=Q(
                    characteristic_kind__in=(
                        CharacteristicKind.ATTRIBUTE,
                        CharacteristicKind.TEXT,
                    ),
                    lower__isnull=True,
                    upper__isnull=True,
                )
                | (
                    Q(
                        characteristic_kind__in=(
                            CharacteristicKind.NUMERIC,
                            CharacteristicKind.CALCULATED,
                        )
                    )
                    & ~Q(lower__isnull=True, upper__isnull=True)
                ),
                name="catalog_specified_kind",
            ),
        ]

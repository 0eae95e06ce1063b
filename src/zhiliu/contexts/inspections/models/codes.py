"""The catalogues of quality codes."""

from django.db import models

from zhiliu.contexts.inspections.states import Catalogue
from zhiliu.platform.evidence.public import AuditedModel


class QualityCode(AuditedModel):
    """A defect, a cause or a position on the part, named once for all companies.

    An inactive code stays on old results and is refused on new ones. Its catalogue and its code
    never change. `severity_class` is the class that a defect has where nothing else says, or empty.
    """

    kind = "inspections.quality_code"

    catalogue = models.CharField(max_length=10)  # states.Catalogue
    code = models.CharField(max_length=30)
    name_en = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100, blank=True)
    severity_class = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["catalogue", "code"], name="inspections_quality_code_once"
            ),
            models.CheckConstraint(
                condition=models.Q(catalogue__in=list(Catalogue))
                & (models.Q(catalogue=Catalogue.DEFECT) | models.Q(severity_class="")),
                name="inspections_quality_code_whole",
            ),
        ]

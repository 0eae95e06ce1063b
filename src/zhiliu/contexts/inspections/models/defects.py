"""The catalogue of defects."""

from django.db import models

from zhiliu.platform.evidence.public import AuditedModel


class DefectCode(AuditedModel):
    """A way in which goods can be nonconforming, named once for all companies.

    An inactive code stays on old results and is refused on new ones. Its code never changes.
    """

    kind = "inspections.defect_code"

    code = models.CharField(max_length=30, unique=True)
    name_en = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)

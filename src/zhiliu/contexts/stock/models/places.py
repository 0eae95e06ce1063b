"""Where goods are."""

from django.db import models

from zhiliu.contexts.catalog.models import Site
from zhiliu.platform.evidence.public import AuditedModel


class Place(AuditedModel):
    """A place of a site. Its kind, its site and whether it is internal never change.

    A container (SSCC) is an internal place whose parent may change. Outside places have no balance
    rows. `kind` in the database column `place_kind` is states.PlaceKind.
    """

    kind = "stock.place"

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    place_kind = models.CharField(max_length=20)
    is_internal = models.BooleanField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "code"], name="stock_place_code"),
            models.UniqueConstraint(
                fields=["site", "place_kind"],
                condition=models.Q(is_internal=False),
                name="stock_place_outside_once",
            ),
        ]

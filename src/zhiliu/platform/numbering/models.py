"""Number ranges: where human numbers come from."""

from django.db import models

from zhiliu.kernel.ids import new_id


class NumberRange(models.Model):
    """The numbers of one kind of document in one company: `PO-000123`.

    An ordinary range counts with a PostgreSQL sequence: fast, unique, gaps after a refusal. A
    gap-free range counts in its own row under a lock that is held until the commit.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12)
    width = models.PositiveSmallIntegerField(default=6)
    is_gap_free = models.BooleanField(default=False)
    last = models.BigIntegerField(default=0)
    sequence = models.CharField(max_length=63)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company_id", "kind"], name="numbering_range_kind"),
            models.UniqueConstraint(fields=["company_id", "prefix"], name="numbering_range_prefix"),
        ]

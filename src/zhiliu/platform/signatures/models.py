"""Signatures."""

from django.db import models

from zhiliu.platform.evidence.public import AppendOnlyModel


class Signature(AppendOnlyModel):
    """Somebody signed one verb on one version of a record, with a meaning.

    `canonical` is the signed text: RFC 8785 JSON of subject, verb, meaning, content (the record as
    shown), signer and signed_at; `sha256` its hash. The other columns repeat it for the search.
    `rule` names the row of the rule table that asked for the strength.
    """

    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    subject_number = models.CharField(max_length=80)
    subject_version = models.PositiveIntegerField(null=True)
    verb = models.CharField(max_length=40)
    meaning = models.CharField(max_length=20)
    strength = models.CharField(max_length=20)
    method = models.CharField(max_length=20)
    signer_id = models.UUIDField()
    signer_name = models.CharField(max_length=150)
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64)
    rule = models.CharField(max_length=120)
    command_id = models.UUIDField()
    occurred_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject_id"], name="signatures_subject")]

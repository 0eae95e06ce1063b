"""Files and prints of records. The bytes are in the database: a backup holds them too."""

from enum import StrEnum

from django.db import models

from zhiliu.platform.evidence.public import AppendOnlyModel, AuditedModel


class Purpose(StrEnum):
    """What a file is for; `print` is made by Zhiliu itself and never uploaded."""

    PHOTO = "photo"
    DOCUMENT = "document"
    DRAWING = "drawing"
    INSTRUCTION = "instruction"
    CERTIFICATE = "certificate"
    PRINT = "print"


class Content(AppendOnlyModel):
    """The bytes of a file, stored once however often they are attached; named by their SHA-256."""

    id = None  # type: ignore[assignment]
    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveIntegerField()
    bytes = models.BinaryField()


class Attachment(AuditedModel):
    """A file of a business record: a photo, a document, or a print that Zhiliu made.

    `media_type` is what the content is, not what the sender said. A print is stored once for its
    subject's version, template and language (and `facts`, the SHA-256 of what it shows, where that
    changes while the version stays), and never made again. Nothing is deleted: a wrong file is
    withdrawn.
    """

    kind = "attachments.attachment"

    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    subject_number = models.CharField(max_length=60)
    subject_version = models.PositiveIntegerField(null=True)
    purpose = models.CharField(max_length=12)
    title = models.CharField(max_length=150)
    file_name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    content = models.ForeignKey(Content, on_delete=models.PROTECT, db_index=False, related_name="+")
    template = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, blank=True)
    facts = models.CharField(max_length=64, blank=True)
    attached_at = models.DateTimeField()
    attached_by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "subject_kind",
                "subject_id",
                "subject_version",
                "template",
                "language",
                "facts",
                condition=~models.Q(template=""),
                nulls_distinct=False,
                name="attachments_print_once",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose=Purpose.PRINT) & ~models.Q(template="", language="")
                | ~models.Q(purpose=Purpose.PRINT) & models.Q(template="", language=""),
                name="attachments_print_has_template",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_by=None)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="attachments_withdrawn_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="attachments_subject"),
        ]

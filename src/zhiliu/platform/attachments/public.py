"""The front door of attachments."""

from zhiliu.platform.attachments.models import Attachment, Purpose
from zhiliu.platform.attachments.operations import attach, withdraw

__all__ = ["Attachment", "Purpose", "attach", "withdraw"]

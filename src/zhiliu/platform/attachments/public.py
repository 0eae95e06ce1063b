"""The front door of attachments."""

from zhiliu.platform.attachments.fixing import register_file_checks
from zhiliu.platform.attachments.models import Attachment, Purpose
from zhiliu.platform.attachments.operations import attach, store_print, withdraw
from zhiliu.platform.attachments.printing import Language, PrintTemplate, compile_document

__all__ = [
    "Attachment",
    "Language",
    "PrintTemplate",
    "Purpose",
    "attach",
    "compile_document",
    "register_file_checks",
    "store_print",
    "withdraw",
]

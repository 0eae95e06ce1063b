"""How large a file may be, and stopping a request that is larger before it is read."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler

from zhiliu.platform.attachments.errors import FileTooLarge
from zhiliu.platform.attachments.models import Purpose

MB = 1024 * 1024
AROUND = MB  # what a form may say besides its file


def limit_mb(purpose: Purpose) -> int:
    """The largest file of this purpose in MB (ZHILIU_PHOTO_MB, ZHILIU_DOCUMENT_MB)."""
    photo: int = settings.ATTACHMENT_PHOTO_MB
    document: int = settings.ATTACHMENT_DOCUMENT_MB
    return photo if purpose == Purpose.PHOTO else document


def largest_mb() -> int:
    """The largest file of any purpose in MB."""
    return max(limit_mb(purpose) for purpose in Purpose)


def largest_request() -> int:
    """The most bytes that a form with a file may have."""
    return largest_mb() * MB + AROUND


class StopsEarly(FileUploadHandler):
    """The first upload handler: refuses by the stated length, before a byte is kept.

    For a body that came without one, `config.bridge` states the length that it has.
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        if content_length > largest_request():
            raise FileTooLarge(file_name="the request", limit_mb=largest_mb())

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

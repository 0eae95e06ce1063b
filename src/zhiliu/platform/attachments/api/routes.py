"""Endpoints of attachments."""

from typing import Annotated, Any, get_args
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Path, Query, Router
from ninja.files import UploadedFile
from pydantic import Field

from zhiliu.platform.attachments import operations, queries
from zhiliu.platform.attachments.api.schemas import AttachIn, LimitOut, Uploaded
from zhiliu.platform.attachments.errors import NotDrawable
from zhiliu.platform.attachments.formats import FORMATS
from zhiliu.platform.attachments.http import SAFE, AttachmentOut, download, file_answer
from zhiliu.platform.attachments.models import Purpose
from zhiliu.platform.attachments.pages import draw_page
from zhiliu.platform.attachments.permissions import ATTACH, READ, WITHDRAW
from zhiliu.platform.commands.http import Act, Problem, act, actor_of, answers, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page

router = Router(tags=["attachments"])

ATTACHMENTS = ListQuery(
    filters={"purpose": "purpose", "template": "template", "language": "language"},
    search=("title__icontains", "file_name__icontains"),
    sorts=("id", "attached_at", "title"),
    types={"purpose": Purpose},
)
MEDIA_TYPES = [f.media_type for f in FORMATS]
PDF = "application/pdf"
PageNo = Annotated[int, Path(ge=1, le=10_000)]


class Parameters(ATTACHMENTS.Parameters):  # type: ignore[name-defined,misc]
    """The parameters of the list, and the record whose files are asked for."""

    record_kind: str = Field(max_length=60)
    record_id: UUID


@router.get("/attachments", response=answers(Page[AttachmentOut]), operation_id="list_attachments")
def list_attachments(request: HttpRequest, query: Query[Parameters]) -> Any:
    """The files and prints of one record, page by page; for whoever may see the record."""
    rows = queries.list_attachments(actor_of(request), query.record_kind, query.record_id)
    return page(request, rows, ATTACHMENTS, query, AttachmentOut)


@router.get(
    "/attachment-limits", response=answers(list[LimitOut]), operation_id="get_attachment_limits"
)
def get_attachment_limits(request: HttpRequest) -> Any:
    """What may be attached: for each purpose the largest size and the endings of file names."""
    reader(request, READ)
    return [LimitOut.of(Purpose(purpose)) for purpose in get_args(Uploaded)]


@router.get(
    "/attachments/{attachment_id}", response=answers(AttachmentOut), operation_id="get_attachment"
)
def get_attachment(request: HttpRequest, response: HttpResponse, attachment_id: UUID) -> Any:
    """One file without its bytes; its version is the ETag."""
    row = queries.get_attachment(reader(request, READ), attachment_id)
    response["ETag"] = f'"{row.version}"'
    return AttachmentOut.of(row)


@router.get(
    "/attachments/{attachment_id}/content",
    response=answers(None),
    operation_id="download_attachment",
    openapi_extra=file_answer(*MEDIA_TYPES),
)
def download_attachment(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """The bytes of a file, to be saved and never shown as a page of this site."""
    row, data = queries.get_content(reader(request, READ), attachment_id)
    return download(data, row.media_type, row.file_name)


@router.get(
    "/attachments/{attachment_id}/pages/{page}",
    response=answers(None),
    operation_id="draw_attachment_page",
    openapi_extra=file_answer("image/png"),
)
def draw_attachment_page(request: HttpRequest, attachment_id: UUID, page: PageNo) -> HttpResponse:
    """A page of a PDF, from 1, as a picture; the header Page-Count says how many there are."""
    row, data = queries.get_content(reader(request, READ), attachment_id)
    if row.media_type != PDF:
        raise NotDrawable(file_name=row.file_name)
    drawn = draw_page(row.file_name, data, page)
    response = HttpResponse(drawn.png, content_type="image/png", headers=SAFE)
    response["Page-Count"] = str(drawn.page_count)
    response["Cache-Control"] = "private, max-age=3600"  # the bytes of a file never change
    return response


@router.post(
    "/attachments",
    response={**answers(AttachmentOut, 201), 413: Problem, 415: Problem},
    operation_id="attach_file",
)
def attach_file(request: HttpRequest, body: Form[AttachIn], file: File[UploadedFile]) -> Any:
    """Attach a file to a record; a form with the file and these fields."""
    name, data = file.name or "", file.read()
    return act(
        request,
        ATTACH,
        body,
        lambda command, at: AttachmentOut.of(
            operations.attach(
                subject_kind=body.subject_kind,
                subject_id=body.subject_id,
                purpose=Purpose(body.purpose),
                title=body.title,
                file_name=name,
                data=data,
                command=command,
                at=at,
            )
        ),
        status=201,
        path={"file": operations.digest_of(data), "file_name": name},
    )


@router.post(
    "/attachments/{attachment_id}/withdraw",
    response=answers(AttachmentOut),
    operation_id="withdraw_attachment",
)
def withdraw_attachment(request: HttpRequest, attachment_id: UUID, body: Act) -> HttpResponse:
    """Withdraw a file that does not belong to its record; the body states the reason."""
    return act(
        request,
        WITHDRAW,
        body,
        lambda command, at: AttachmentOut.of(
            operations.withdraw(attachment_id=attachment_id, command=command, at=at)
        ),
        path={"attachment_id": attachment_id},
    )

"""Endpoints of the inspection report."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zhiliu.contexts.inspections.operations.printing import print_report
from zhiliu.platform.attachments.http import AttachmentOut, PrintIn
from zhiliu.platform.commands.http import act, answers

router = Router(tags=["inspections"])


@router.post(
    "/inspections/{inspection_id}/report",
    response=answers(AttachmentOut),
    operation_id="print_inspection_report",
)
def report(request: HttpRequest, inspection_id: UUID, body: PrintIn) -> HttpResponse:
    """The report of a decided inspection as a stored PDF, made at the first request."""
    return act(
        request,
        "inspections.print_report",
        body,
        lambda command, at: AttachmentOut.of(
            print_report(
                inspection_id=inspection_id, language=body.language, command=command, at=at
            )
        ),
        path={"inspection_id": inspection_id},
    )

"""Endpoints of the prints of nonconformance."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zhiliu.contexts.nonconformance.operations.printing import print_concession, print_report
from zhiliu.platform.attachments.http import AttachmentOut, PrintIn
from zhiliu.platform.commands.http import act, answers

router = Router(tags=["nonconformance"])


@router.post(
    "/nonconformance-reports/{report_id}/print",
    response=answers(AttachmentOut),
    operation_id="print_nonconformance_report",
)
def print_nonconformance_report(
    request: HttpRequest, report_id: UUID, body: PrintIn
) -> HttpResponse:
    """The report as it stands as a stored PDF; made anew when its goods or decisions changed."""
    return act(
        request,
        "nonconformance.print_report",
        body,
        lambda command, at: AttachmentOut.of(
            print_report(report_id=report_id, language=body.language, command=command, at=at)
        ),
        path={"report_id": report_id},
    )


@router.post(
    "/concessions/{concession_id}/print",
    response=answers(AttachmentOut),
    operation_id="print_concession",
)
def print_one_concession(request: HttpRequest, concession_id: UUID, body: PrintIn) -> HttpResponse:
    """The concession as a stored PDF, made at the first request for its version."""
    return act(
        request,
        "nonconformance.print_concession",
        body,
        lambda command, at: AttachmentOut.of(
            print_concession(
                concession_id=concession_id, language=body.language, command=command, at=at
            )
        ),
        path={"concession_id": concession_id},
    )

"""Endpoints of nonconformance."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.catalog.public import SeverityClass
from zhiliu.contexts.nonconformance import operations, queries
from zhiliu.contexts.nonconformance.api import printing
from zhiliu.contexts.nonconformance.api import schemas as s
from zhiliu.contexts.nonconformance.permissions import READ
from zhiliu.contexts.nonconformance.queries.exposure import get_exposure, list_defects
from zhiliu.contexts.nonconformance.states import (
    CONCESSION,
    DISPOSITION,
    REPORT,
    ConcessionState,
    DispositionKind,
    DispositionState,
    ReportState,
    Source,
    Waiting,
)
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.commands.http import (
    Act,
    AllowedAction,
    Moment,
    SignedAct,
    act,
    answers,
    if_match,
    reader,
)
from zhiliu.platform.commands.lists import ListQuery, Page, page
from zhiliu.platform.signatures.http import allowed_actions

router = Router(tags=["nonconformance"])
router.add_router("", printing.router)

REPORTS = ListQuery(
    filters={
        "number": "number",
        "state": "state",
        "source": "source",
        "severity_class": "severity_class",
        "review_board": "review_board",
        "site_id": "site_id",
        "material_id": "material_id",
        "supplier_id": "supplier_id",
        "opened_from": "opened_at__gte",
        "opened_before": "opened_at__lt",
        "closed_from": "closed_at__gte",
        "due_before": "due_at__lt",
    },
    search=(
        "number__icontains",
        "material__number__icontains",
        "material__name__icontains",
        "supplier__number__icontains",
        "supplier__name__icontains",
    ),
    sorts=("id", "number", "opened_at", "due_at"),
    types={
        "state": ReportState,
        "source": Source,
        "severity_class": SeverityClass,
        "site_id": UUID,
        "material_id": UUID,
        "supplier_id": UUID,
        "opened_from": Moment,
        "opened_before": Moment,
        "closed_from": Moment,
        "due_before": Moment,
    },
)
DISPOSITIONS = ListQuery(
    filters={
        "number": "number",
        "state": "state",
        "kind": "disposition_kind",
        "report_id": "report_id",
        "lot_id": "lot_id",
        "supplier_id": "report__supplier_id",
    },
    search=("number__icontains", "report__number__icontains", "lot__number__icontains"),
    sorts=("id", "number", "decided_at"),
    types={
        "state": DispositionState,
        "kind": DispositionKind,
        "report_id": UUID,
        "lot_id": UUID,
        "supplier_id": UUID,
    },
)
CONCESSIONS = ListQuery(
    filters={
        "number": "number",
        "state": "state",
        "report_id": "report_id",
        "disposition_id": "disposition_id",
        "lot_id": "lot_id",
        "ends_before": "until__lt",
    },
    search=("number__icontains", "report__number__icontains", "lot__number__icontains"),
    sorts=("id", "number", "until"),
    types={
        "state": ConcessionState,
        "report_id": UUID,
        "disposition_id": UUID,
        "lot_id": UUID,
        "ends_before": Moment,
    },
)


class ReportParameters(REPORTS.Parameters):  # type: ignore[name-defined,misc]
    """The parameters of the list, and the lot that the reports shall be about."""

    lot_id: UUID | None = None


class DispositionParameters(DISPOSITIONS.Parameters):  # type: ignore[name-defined,misc]
    """The parameters of the list, and what the dispositions shall wait for."""

    waits_for: Waiting | None = None


@router.get(
    "/nonconformance-reports", response=answers(Page[s.ReportOut]), operation_id="list_reports"
)
def list_reports(request: HttpRequest, query: Query[ReportParameters]) -> Any:
    """Nonconformance reports, page by page; age by `opened_before` and `sort=opened_at`."""
    rows = queries.list_reports(reader(request, READ), query.lot_id)
    return page(request, rows, REPORTS, query, s.ReportOut, prepare=queries.with_lots)


@router.get(
    "/nonconformance-reports/{report_id}",
    response=answers(s.ReportDetailOut),
    operation_id="get_report",
)
def get_report(request: HttpRequest, response: HttpResponse, report_id: UUID) -> Any:
    """A report with where its goods are, what they were meant for, and what may be done now."""
    actor = reader(request, READ)
    report = queries.get_report(actor, report_id)
    lots = queries.list_lots(report_id)
    concessions = queries.with_remaining(
        queries.list_concessions(actor).filter(report_id=report_id).order_by("id")
    )
    dispositions = queries.list_dispositions(actor).filter(report_id=report_id).order_by("id")
    response["ETag"] = f'"{report.version}"'
    return s.ReportDetailOut.whole(
        queries.with_lots([report])[0],
        lots,
        get_exposure(report, lots),
        list_defects(report),
        [
            s.DispositionDetailOut.whole(row, _disposition_actions(request, refusals))
            for row, refusals in queries.with_actions(actor, dispositions, concessions)
        ],
        concessions,
        allowed_actions(request, None, queries.allowed_kinds(report, lots)),
        allowed_actions(
            request,
            REPORT,
            queries.allowed_actions(actor, report),
            steps={"dispose": (DISPOSITION, "decide")},
        ),
    )


@router.post(
    "/nonconformance-reports", response=answers(s.ReportStateOut, 201), operation_id="open_report"
)
def open_report(request: HttpRequest, body: s.ReportIn) -> HttpResponse:
    """Put goods of any status under a report by hand; what was usable is blocked."""
    return act(
        request,
        "nonconformance.open_report",
        body,
        lambda command, at: s.ReportStateOut.of(
            operations.open_report(
                parts=body.values(),
                description=body.description,
                severity_class=body.severity_class,
                command=command,
                at=at,
            )
        ),
        status=201,
    )


@router.post("/escapes", response=answers(s.ReportStateOut, 201), operation_id="report_escape")
def report_escape(request: HttpRequest, body: s.ReportIn) -> HttpResponse:
    """Report nonconforming goods found in stock that quality had let through; they are blocked."""
    return act(
        request,
        "nonconformance.report_escape",
        body,
        lambda command, at: s.ReportStateOut.of(
            operations.report_escape(
                parts=body.values(),
                description=body.description,
                severity_class=body.severity_class,
                command=command,
                at=at,
            )
        ),
        status=201,
    )


@router.patch(
    "/nonconformance-reports/{report_id}",
    response=answers(s.ReportStateOut),
    operation_id="change_report",
)
def change_report(request: HttpRequest, report_id: UUID, body: s.ReportPatch) -> HttpResponse:
    """Record containment and cause: only what is stated; If-Match names the version read."""
    expected_version = if_match(request)
    return act(
        request,
        "nonconformance.change_report",
        body,
        lambda command, at: s.ReportStateOut.of(
            operations.change_report(
                report_id=report_id,
                expected_version=expected_version,
                changes=s.stated(body),  # type: ignore[arg-type]
                command=command,
                at=at,
            )
        ),
        path={"report_id": report_id, "stated": sorted(body.model_fields_set)},
    )


@router.post(
    "/nonconformance-reports/{report_id}/close",
    response=answers(s.ReportStateOut),
    operation_id="close_report",
)
def close_report(request: HttpRequest, report_id: UUID, body: SignedAct) -> HttpResponse:
    """Close a report of which everything is done."""
    return act(
        request,
        "nonconformance.close_report",
        body,
        lambda command, at: s.ReportStateOut.of(
            operations.close_report(report_id=report_id, command=command, at=at)
        ),
        path={"report_id": report_id},
    )


@router.post(
    "/nonconformance-reports/{report_id}/reopen",
    response=answers(s.ReportStateOut),
    operation_id="reopen_report",
)
def reopen_report(request: HttpRequest, report_id: UUID, body: Act) -> HttpResponse:
    """Open a closed report again, unless something was posted because of it."""
    return act(
        request,
        "nonconformance.reopen_report",
        body,
        lambda command, at: s.ReportStateOut.of(
            operations.reopen_report(report_id=report_id, command=command, at=at)
        ),
        path={"report_id": report_id},
    )


@router.post(
    "/nonconformance-reports/{report_id}/dispositions",
    response=answers(s.DispositionOut, 201),
    operation_id="dispose",
)
def dispose(request: HttpRequest, report_id: UUID, body: s.DispositionIn) -> HttpResponse:
    """Decide what happens to a lot of a report, or to a part of it."""
    return act(
        request,
        "nonconformance.dispose",
        body,
        lambda command, at: s.DispositionOut.of(
            operations.dispose(report_id=report_id, wanted=body.wanted(), command=command, at=at)
        ),
        status=201,
        path={"report_id": report_id},
    )


@router.post(
    "/nonconformance-reports/{report_id}/split",
    response=answers(s.DispositionsOut, 201),
    operation_id="dispose_parts",
)
def dispose_parts(
    request: HttpRequest, report_id: UUID, body: s.DispositionPartsIn
) -> HttpResponse:
    """Decide about several parts of the goods of a report in one act: all of it or nothing."""
    return act(
        request,
        "nonconformance.dispose",
        body,
        lambda command, at: s.DispositionsOut(
            items=[
                s.DispositionOut.of(row)
                for row in operations.dispose_parts(
                    report_id=report_id,
                    parts=[part.wanted() for part in body.parts],
                    command=command,
                    at=at,
                )
            ]
        ),
        status=201,
        path={"report_id": report_id},
    )


@router.get(
    "/dispositions", response=answers(Page[s.DispositionOut]), operation_id="list_dispositions"
)
def list_dispositions(request: HttpRequest, query: Query[DispositionParameters]) -> Any:
    """Dispositions, page by page."""
    rows = queries.list_dispositions(reader(request, READ))
    if query.waits_for is not None:
        rows = queries.waiting_dispositions(rows, query.waits_for)
    return page(request, rows, DISPOSITIONS, query, s.DispositionOut)


@router.get(
    "/dispositions/{disposition_id}",
    response=answers(s.DispositionDetailOut),
    operation_id="get_disposition",
)
def get_disposition(request: HttpRequest, disposition_id: UUID) -> Any:
    """A disposition, and which verbs are refused now and why."""
    actor = reader(request, READ)
    row = queries.get_disposition(actor, disposition_id)
    refusals = queries.allowed_on_disposition(actor, row)
    return s.DispositionDetailOut.whole(row, _disposition_actions(request, refusals))


def _disposition_actions(
    request: HttpRequest, refusals: Mapping[str, Sequence[Refusal]]
) -> list[AllowedAction]:
    concession = {"approve_concession": (CONCESSION, "approve")}
    return allowed_actions(request, DISPOSITION, refusals, steps=concession)


@router.post(
    "/dispositions/{disposition_id}/carry-out",
    response=answers(s.DispositionOut),
    operation_id="carry_out_disposition",
)
def carry_out(request: HttpRequest, disposition_id: UUID, body: s.CarryOutIn) -> HttpResponse:
    """Confirm that scrap was rendered unusable, or that rework or repair is done."""
    return act(
        request,
        "nonconformance.carry_out_disposition",
        body,
        lambda command, at: s.DispositionOut.of(
            operations.carry_out_disposition(
                disposition_id=disposition_id,
                is_rendered_unusable=body.is_rendered_unusable,
                command=command,
                at=at,
            )
        ),
        path={"disposition_id": disposition_id},
    )


@router.post(
    "/dispositions/{disposition_id}/cancel",
    response=answers(s.DispositionOut),
    operation_id="cancel_disposition",
)
def cancel(request: HttpRequest, disposition_id: UUID, body: Act) -> HttpResponse:
    """Take a disposition back before anything was posted; the body states the reason."""
    return act(
        request,
        "nonconformance.cancel_disposition",
        body,
        lambda command, at: s.DispositionOut.of(
            operations.cancel_disposition(disposition_id=disposition_id, command=command, at=at)
        ),
        path={"disposition_id": disposition_id},
    )


@router.post(
    "/dispositions/{disposition_id}/concession",
    response=answers(s.ConcessionOut, 201),
    operation_id="approve_concession",
)
def approve_concession(
    request: HttpRequest, disposition_id: UUID, body: s.ConcessionIn
) -> HttpResponse:
    """Approve that goods disposed of as use as is or repair are used within bounds."""
    return act(
        request,
        "nonconformance.approve_concession",
        body,
        lambda command, at: s.ConcessionOut.of(
            operations.approve_concession(
                disposition_id=disposition_id, allowed=body.allowed(), command=command, at=at
            )
        ),
        status=201,
        path={"disposition_id": disposition_id},
    )


@router.get(
    "/concessions", response=answers(Page[s.ConcessionOut]), operation_id="list_concessions"
)
def list_concessions(request: HttpRequest, query: Query[CONCESSIONS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Concessions with what remains of them, page by page."""
    rows = queries.list_concessions(reader(request, READ))
    return page(request, rows, CONCESSIONS, query, s.ConcessionOut, prepare=queries.with_remaining)


@router.get(
    "/concessions/{concession_id}",
    response=answers(s.ConcessionDetailOut),
    operation_id="get_concession",
)
def get_concession(request: HttpRequest, concession_id: UUID) -> Any:
    """One concession with what remains of it."""
    actor = reader(request, READ)
    (row,) = queries.with_remaining([queries.get_concession(actor, concession_id)])
    actions = allowed_actions(request, CONCESSION, queries.allowed_on_concession(actor, row))
    return s.ConcessionDetailOut.whole(row, actions)

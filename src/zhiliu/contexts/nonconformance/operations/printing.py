"""The nonconformance report and the concession on paper."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from zhiliu.contexts.catalog.public import get_company
from zhiliu.contexts.inspections.models import QualityCode
from zhiliu.contexts.nonconformance.models import Concession, Disposition, Report
from zhiliu.contexts.nonconformance.queries import (
    get_concession,
    get_report,
    list_concessions,
    list_dispositions,
    list_lots,
)
from zhiliu.contexts.nonconformance.queries.exposure import get_exposure, list_defects
from zhiliu.contexts.partners.models import Partner
from zhiliu.contexts.partners.public import get_own_partner_id
from zhiliu.contexts.stock.models import Balance, Reservation
from zhiliu.kernel.actor import Actor
from zhiliu.kernel.command import Command
from zhiliu.platform.access.public import find_record, names_of
from zhiliu.platform.attachments.public import Attachment, Language, PrintTemplate, store_print
from zhiliu.platform.evidence.public import flush
from zhiliu.platform.signatures.public import signatures_shown

_ROOM = Path(__file__).parents[1] / "prints"
REPORT = PrintTemplate(
    code="nonconformance.report",
    source=_ROOM / "report.typ",
    title_en="Nonconformance report",
    title_zh="不合格品处理单",
    follows_facts=True,  # goods move and dispositions are decided while the report stays the same
)
CONCESSION = PrintTemplate(
    code="nonconformance.concession",
    source=_ROOM / "concession.typ",
    title_en="Concession",
    title_zh="让步接收单",
)


def print_report(
    *, report_id: UUID, language: Language, command: Command, at: datetime
) -> Attachment:
    """A report as it stands, in one language: where its goods are and what was decided.

    Stored at the first request for its version; what was decided or moved since is on another
    print. Raises NotFound, FontsMissing; emits FileAttached when it is made.
    """
    flush()
    actor = command.actor
    subject = find_record(actor, Report.kind, report_id, operation=command.operation)
    return store_print(
        template=REPORT,
        data=_report_facts(actor, get_report(actor, report_id)),
        subject=subject,
        language=language,
        command=command,
        at=at,
    )


def print_concession(
    *, concession_id: UUID, language: Language, command: Command, at: datetime
) -> Attachment:
    """A concession at its version in one language, stored at the first request.

    Raises NotFound, FontsMissing; emits FileAttached when it is made.
    """
    flush()
    actor = command.actor
    subject = find_record(actor, Concession.kind, concession_id, operation=command.operation)
    return store_print(
        template=CONCESSION,
        data=_concession_facts(get_concession(actor, concession_id)),
        subject=subject,
        language=language,
        command=command,
        at=at,
    )


def _report_facts(actor: Actor, report: Report) -> dict[str, Any]:
    """All that the report shows, from the records alone; quantities in the stock unit."""
    dispositions = list(list_dispositions(actor).filter(report_id=report.pk).order_by("id"))
    concessions = list(list_concessions(actor).filter(report_id=report.pk).order_by("id"))
    signatures = (
        signatures_shown(Report.kind, report.pk)
        + signatures_shown(Disposition.kind, *(row.pk for row in dispositions))
        + signatures_shown(Concession.kind, *(row.pk for row in concessions))
    )
    cause = QualityCode.objects.filter(catalogue="cause", code=report.cause_code).first()
    return {
        **_heading(report),
        "source": report.source,
        "severity_class": report.severity_class or None,
        "state": report.state,
        "opened_at": report.opened_at,
        "closed_at": report.closed_at,
        **_names(report, opened_by="opened_by", closed_by="closed_by"),
        "inspection": report.inspection.number if report.inspection else None,
        "review_board": report.review_board or None,
        "description": report.description or None,
        "containment": report.containment or None,
        "cause_code": report.cause_code or None,
        "cause_en": cause.name_en if cause else None,
        "cause_zh": (cause.name_zh or cause.name_en) if cause else None,
        "cause_text": report.cause_text or None,
        "estimated_cost": report.estimated_cost,
        "currency": report.currency or None,
        "lots": _lots(report),
        "defects": _defects(report),
        "dispositions": [_disposition(row) for row in dispositions],
        "concessions": _concessions(concessions),
        "signatures": sorted(signatures, key=lambda one: one["at"]),
    }


def _concession_facts(concession: Concession) -> dict[str, Any]:
    """All that the concession shows, from the record alone; quantities in the stock unit."""
    report, lot = concession.report, concession.lot
    (shown,) = _concessions([concession])
    return {
        **_heading(report),
        **shown,
        "report": report.number,
        "disposition": concession.disposition.number,
        "description": report.description or None,
        "lot": lot.number,
        "supplier_lot": lot.supplier_lot or None,
        "in_force_at": concession.in_force_at,
        "ended_at": concession.ended_at,
        "end_cause": concession.end_cause or None,
        "signatures": signatures_shown(Concession.kind, concession.pk),
    }


def _heading(report: Report) -> dict[str, Any]:
    site, material, supplier = report.site, report.material, report.supplier
    return {
        "company": get_company(report.company_id).name,
        "site": site.name,
        "zone": site.time_zone,
        "material": material.number,
        "material_name": material.name,
        "unit": material.unit.code,
        "supplier": supplier.number if supplier else None,
        "supplier_name": supplier.name if supplier else None,
    }


def _names(row: Report | Disposition | Concession, **acts: str) -> dict[str, str | None]:
    """The names of those who acted on a row; `acts` says which column holds whose id."""
    ids = {shown: getattr(row, column) for shown, column in acts.items()}
    found = names_of(one for one in ids.values() if one is not None)
    return {shown: found.get(one) for shown, one in ids.items()}


def _lots(report: Report) -> list[dict[str, Any]]:
    """The lots with their totals and where they lie now; goods of others name their owner."""
    rows = list_lots(report.pk)
    places = get_exposure(report, rows).places
    own = get_own_partner_id(report.company_id)
    return [
        {
            "lot": row.lot.number,
            "supplier_lot": row.lot.supplier_lot or None,
            "status": row.lot.status,
            "quantity": row.quantity,
            "open": row.open,
            "disposed": row.disposed,
            "cleared": row.cleared,
            "places": [_place(balance, own) for balance in places.get(row.lot_id, [])],
        }
        for row in rows
    ]


def _place(balance: Balance, own: UUID) -> dict[str, Any]:
    return {
        "place": balance.place.code,
        "quantity": balance.quantity,
        "owner": None if balance.owner_id == own else balance.owner.number,
    }


def _defects(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "code": d.code,
            "en": d.name_en,
            "zh": d.name_zh or d.name_en,
            "position": d.position or None,
            "position_en": d.position_en,
            "position_zh": d.position_zh or d.position_en,
            "count": count,
        }
        for d, count in list_defects(report)
    ]


def _disposition(row: Disposition) -> dict[str, Any]:
    return {
        "disposition": row.number,
        "lot": row.lot.number,
        "kind": row.disposition_kind,
        "to_material": row.to_material.number if row.to_material else None,
        "inspection": row.inspection.number if row.inspection else None,
        "quantity": row.quantity,
        "reason": row.reason or None,
        "state": row.state,
        "decided_at": row.decided_at,
        "carried_out_at": row.carried_out_at,
        "ended_at": row.ended_at,
        **_names(row, decided_by="decided_by", carried_out_by="carried_out_by"),
    }


def _concessions(rows: Iterable[Concession]) -> list[dict[str, Any]]:
    """Each with the names of those that it is for; None where it is for everybody."""
    listed = list(rows)
    orders = _orders(i for row in listed for i in row.references or ())
    customers = _customers(i for row in listed for i in row.customers or ())
    return [
        {
            "concession": row.number,
            "kind": row.concession_kind,
            "lot": row.lot.number,
            "quantity": row.quantity,
            "until": row.until,
            "orders": row.references and [orders.get(i, i) for i in row.references],
            "customers": row.customers and [customers.get(i, i) for i in row.customers],
            "reason": row.reason,
            "state": row.state,
            "approved_at": row.approved_at,
            **_names(row, approved_by="approved_by"),
        }
        for row in listed
    ]


def _orders(ids: Iterable[str]) -> Mapping[str, str]:
    """The numbers of orders that goods were ever reserved for, by id; stock knows no others."""
    rows = Reservation.objects.filter(reference_id__in=set(ids))
    return {str(i): number for i, number in rows.values_list("reference_id", "reference_number")}


def _customers(ids: Iterable[str]) -> Mapping[str, str]:
    rows = Partner.objects.filter(pk__in=set(ids)).values_list("pk", "number", "name")
    return {str(i): f"{number} {name}" for i, number, name in rows}

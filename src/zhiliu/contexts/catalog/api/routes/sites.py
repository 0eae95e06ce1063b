"""Companies and sites."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.contexts.catalog import operations, queries
from zhiliu.contexts.catalog.api.schemas import CompanyIn, CompanyOut, SiteIn, SiteOut, stated
from zhiliu.platform.commands.http import act, answers, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page

router = Router()

COMPANIES = ListQuery(
    filters={"code": "code"},
    search=("code__icontains", "name__icontains"),
    sorts=("code", "name"),
)


@router.get("/companies", response=answers(Page[CompanyOut]), operation_id="list_companies")
def list_companies(request: HttpRequest, query: Query[COMPANIES.Parameters]) -> Any:  # type: ignore[name-defined]
    """Companies, page by page."""
    actor = reader(request, "catalog.read")
    return page(request, queries.list_companies(actor), COMPANIES, query, CompanyOut)


@router.get("/companies/{company_id}", response=answers(CompanyOut), operation_id="get_company")
def get_company(request: HttpRequest, response: HttpResponse, company_id: UUID) -> Any:
    """One company; its version is the ETag."""
    rows = queries.list_companies(reader(request, "catalog.read"))
    row = queries.get_visible(rows, "company", company_id)
    response["ETag"] = f'"{row.version}"'
    return CompanyOut.of(row)


@router.post("/companies", response=answers(CompanyOut, 201), operation_id="add_company")
def add_company(request: HttpRequest, body: CompanyIn) -> HttpResponse:
    """Add a company."""
    return act(
        request,
        "catalog.add_company",
        body,
        lambda command, at: CompanyOut.of(
            operations.add_company(**stated(body), command=command, at=at)
        ),
        status=201,
    )


SITES = ListQuery(
    filters={"code": "code", "company_id": "company_id"},
    search=("code__icontains", "name__icontains"),
    sorts=("code", "name"),
    types={"company_id": UUID},
)


@router.get("/sites", response=answers(Page[SiteOut]), operation_id="list_sites")
def list_sites(request: HttpRequest, query: Query[SITES.Parameters]) -> Any:  # type: ignore[name-defined]
    """Sites, page by page."""
    actor = reader(request, "catalog.read")
    return page(request, queries.list_sites(actor), SITES, query, SiteOut)


@router.get("/sites/{site_id}", response=answers(SiteOut), operation_id="get_site")
def get_site(request: HttpRequest, response: HttpResponse, site_id: UUID) -> Any:
    """One site; its version is the ETag."""
    rows = queries.list_sites(reader(request, "catalog.read"))
    row = queries.get_visible(rows, "site", site_id)
    response["ETag"] = f'"{row.version}"'
    return SiteOut.of(row)


@router.post("/sites", response=answers(SiteOut, 201), operation_id="add_site")
def add_site(request: HttpRequest, body: SiteIn) -> HttpResponse:
    """Add a site."""
    return act(
        request,
        "catalog.add_site",
        body,
        lambda command, at: SiteOut.of(operations.add_site(**stated(body), command=command, at=at)),
        status=201,
    )

"""The API under /api/v1: every context's router, one shape of refusal."""

from importlib import import_module
from typing import Any

import psycopg
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import BaseRenderer
from pydantic_core import to_json

from zhiliu.config.contexts import BUILT_CONTEXTS, BUILT_PLATFORM
from zhiliu.config.openapi import complete
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.errors import NotSignedIn
from zhiliu.platform.access.http import AUTH
from zhiliu.platform.commands.bodies import WholeText
from zhiliu.platform.commands.errors import NotReadable, NotStorable
from zhiliu.platform.commands.http import invalid, problem


class DocumentedAPI(NinjaAPI):
    """An API whose OpenAPI document also says what holds for every endpoint."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        complete(schema)
        return schema


class SameJson(BaseRenderer):
    """Reads answer in the same JSON as writes do: times to the microsecond."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return to_json(data)


api = DocumentedAPI(
    renderer=SameJson(),
    parser=WholeText(),
    title="Zhiliu 质流",
    version="1",
    description="Quality and the flow of goods as one system.",
    auth=AUTH,
    docs_url=None,
    urls_namespace="api",
)


def _refused(request: HttpRequest, refusal: Refusal | type[Refusal]) -> HttpResponse:
    assert isinstance(refusal, Refusal)
    return problem(request, refusal)


def _not_signed_in(request: HttpRequest, _: Any) -> HttpResponse:
    return problem(request, NotSignedIn())


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    return invalid(request, error.errors)


def _not_storable(request: HttpRequest, _: Any) -> HttpResponse:
    return problem(request, NotStorable())


def _unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    if isinstance(error.__cause__, ValidationError):  # of the parser
        return invalid(request, error.__cause__.errors)
    return problem(request, NotReadable())


api.add_exception_handler(Refusal, _refused)
api.add_exception_handler(AuthenticationError, _not_signed_in)
api.add_exception_handler(ValidationError, _invalid)
api.add_exception_handler(HttpError, _unreadable)
api.add_exception_handler(DataError, _not_storable)  # of the ORM
api.add_exception_handler(psycopg.DataError, _not_storable)  # of the write set

for _package in (
    *(f"zhiliu.platform.{app}" for app in BUILT_PLATFORM),
    *(f"zhiliu.contexts.{context}" for context in BUILT_CONTEXTS),
):
    try:
        _routes = import_module(f"{_package}.api.routes")
    except ModuleNotFoundError as missing:
        if missing.name not in (f"{_package}.api", f"{_package}.api.routes"):
            raise
        continue
    api.add_router("", _routes.router)

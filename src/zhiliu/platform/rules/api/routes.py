"""Endpoints of rules: the tables, their versions, and a trial without effect.

Rules hold for the whole installation, so a right that is scoped to a site shows none of them.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.kernel.actor import EVERYWHERE, Actor
from zhiliu.platform.access.errors import NotPermitted
from zhiliu.platform.commands.http import act, answers, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page
from zhiliu.platform.rules import queries
from zhiliu.platform.rules.api import schemas as s
from zhiliu.platform.rules.permissions import READ, TRY

router = Router(tags=["rules"])

TABLES = ListQuery(filters={"code": "code"}, search=("code__icontains",), sorts=("code",))
VERSIONS = ListQuery(filters={}, sorts=("version",))


@router.get("/rules", response=answers(Page[s.RuleVersionOut]), operation_id="list_rules")
def list_rules(request: HttpRequest, query: Query[TABLES.Parameters]) -> Any:  # type: ignore[name-defined]
    """The rule tables, each by the version that decides now, page by page."""
    _for_all(reader(request, READ), READ)
    return page(request, queries.list_enforced(), TABLES, query, s.RuleVersionOut)


@router.get("/rules/{code}", response=answers(s.RuleTableOut), operation_id="get_rule")
def get_rule(request: HttpRequest, code: str, query: Query[s.VersionParameter]) -> Any:
    """A rule table with its columns and rows: the version that decides now, or the asked one."""
    _for_all(reader(request, READ), READ)
    row = queries.get_version(code, query.version)
    return s.RuleTableOut.whole(row, queries.compiled(row))


@router.get(
    "/rules/{code}/versions",
    response=answers(Page[s.RuleVersionOut]),
    operation_id="list_rule_versions",
)
def list_rule_versions(request: HttpRequest, code: str, query: Query[VERSIONS.Parameters]) -> Any:  # type: ignore[name-defined]
    """The versions of a rule table, page by page."""
    _for_all(reader(request, READ), READ)
    return page(request, queries.list_versions(code), VERSIONS, query, s.RuleVersionOut)


@router.post("/rules/{code}/try", response=answers(s.TrialOut), operation_id="try_rule")
def try_rule(request: HttpRequest, code: str, body: s.TrialIn) -> HttpResponse:
    """What a rule table would decide for these facts, and by which row; nothing is changed."""

    def attempt(*_: object) -> s.TrialOut:
        _for_all(reader(request, TRY), TRY)
        return s.TrialOut.of(queries.try_table(code, body.inputs, body.version))

    return act(request, TRY, body, attempt, path={"code": code})


def _for_all(actor: Actor, operation: str) -> None:
    if not actor.may(operation, EVERYWHERE):
        raise NotPermitted(operation=operation)

"""Endpoints of check runs: what `zhiliu check` found, every night and when somebody asked."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiliu.platform.commands.checking import ask_for_check
from zhiliu.platform.commands.http import Act, Moment, Schema, act, answers, reader
from zhiliu.platform.commands.lists import ListQuery, Page, page
from zhiliu.platform.commands.permissions import CHECK, CHECK_RUNS, READ_EVIDENCE
from zhiliu.platform.evidence.public import (
    CheckResult,
    CheckRun,
    get_check_run,
    list_check_results,
    list_check_runs,
)

router = Router(tags=["evidence"])

RUNS = ListQuery(
    filters={
        "asked_by": "asked_by",
        "is_running": "ended_at__isnull",
        "asked_from": "asked_at__gte",
        "asked_before": "asked_at__lt",
    },
    sorts=("id", "asked_at"),
    types={
        "asked_by": UUID,
        "is_running": bool,
        "asked_from": Moment,
        "asked_before": Moment,
    },
)


class CheckRunState(StrEnum):
    """Where a check run stands; `failed` ended without results, `error` says why."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"

    @classmethod
    def of(cls, run: CheckRun) -> "CheckRunState":
        """The state that the columns tell."""
        if run.ended_at is not None:
            return cls.FAILED if run.error else cls.FINISHED
        return cls.WAITING if run.started_at is None else cls.RUNNING


class CheckRunOut(Schema):
    """One look at all invariants; `violation_count` is null until it has finished."""

    id: UUID
    version: int
    state: CheckRunState
    asked_at: datetime
    asked_by: UUID
    asked_by_name: str
    started_at: datetime | None
    ended_at: datetime | None
    violation_count: int | None
    error: str

    @classmethod
    def of(cls, run: CheckRun) -> "CheckRunOut":
        return cls(**_shown(run))


class NamedRowOut(Schema):
    """A row that was found: its human number, its id, and what is wrong in both languages."""

    number: str
    id: str
    en: str
    zh: str


class CheckResultOut(Schema):
    """What a run found of one invariant: so many rows looked at, so many violate it.

    `violations` are the first of them, at most twenty. `apart` are rows that are listed and are no
    violation.
    """

    code: str
    title_en: str
    title_zh: str
    is_passed: bool
    row_count: int
    violation_count: int
    violations: list[NamedRowOut]
    apart_count: int
    apart: list[NamedRowOut]

    @classmethod
    def of(cls, result: CheckResult) -> "CheckResultOut":
        own = {n: getattr(result, n) for n in cls.model_fields if n != "is_passed"}
        return cls(**own, is_passed=result.violation_count == 0)


class CheckRunDetailOut(CheckRunOut):
    """A check run with what it found, invariant by invariant."""

    results: list[CheckResultOut]

    @classmethod
    def whole(cls, run: CheckRun, results: list[CheckResult]) -> "CheckRunDetailOut":
        """The run and all of its results."""
        return cls(**_shown(run), results=[CheckResultOut.of(r) for r in results])


def _shown(run: CheckRun) -> dict[str, Any]:
    own = {n: getattr(run, n) for n in CheckRunOut.model_fields if n != "state"}
    return {**own, "state": CheckRunState.of(run)}


def _within(request: HttpRequest) -> Q:
    """Check runs look at the rows of all sites, so a right that is scoped shows none of them."""
    return CHECK_RUNS.filter(reader(request, READ_EVIDENCE))


@router.get("/check-runs", response=answers(Page[CheckRunOut]), operation_id="list_check_runs")
def list_runs(request: HttpRequest, query: Query[RUNS.Parameters]) -> Any:  # type: ignore[name-defined]
    """Check runs, page by page (`sort=-id`: the latest first)."""
    return page(request, list_check_runs(_within(request)), RUNS, query, CheckRunOut)


@router.get(
    "/check-runs/{run_id}", response=answers(CheckRunDetailOut), operation_id="get_check_run"
)
def get_run(request: HttpRequest, run_id: UUID) -> CheckRunDetailOut:
    """A check run with what it found of each invariant; the rows that violate one are named."""
    run = get_check_run(_within(request), run_id)
    return CheckRunDetailOut.whole(run, list_check_results(run.pk))


@router.post("/check-runs", response=answers(CheckRunOut, 201), operation_id="ask_for_check")
def ask(request: HttpRequest, body: Act) -> HttpResponse:
    """Have all invariants looked at by the worker; refused while it is at it."""
    return act(
        request,
        CHECK,
        body,
        lambda command, at: CheckRunOut.of(ask_for_check(command=command, at=at)),
        status=201,
    )

"""Reads of evidence.

Evidence stands below access, so a caller's scopes come in as a ready filter.
"""

from uuid import UUID

from django.db.models import Q, QuerySet

from zhiliu.platform.evidence.errors import CheckRunNotFound
from zhiliu.platform.evidence.models import CheckResult, CheckRun


def list_check_runs(within: Q) -> QuerySet[CheckRun]:
    """Check runs that the caller may see."""
    return CheckRun.objects.filter(within)


def get_check_run(within: Q, run_id: UUID) -> CheckRun:
    """One check run that the caller may see; raises CheckRunNotFound."""
    found = list_check_runs(within).filter(pk=run_id).first()
    if found is None:
        raise CheckRunNotFound(given=str(run_id))
    return found


def list_check_results(run_id: UUID) -> list[CheckResult]:
    """What a run found, invariant by invariant in their order; empty until it has ended."""
    return list(CheckResult.objects.filter(run_id=run_id).order_by("ordinal"))

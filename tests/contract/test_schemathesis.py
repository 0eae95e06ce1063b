"""Whatever fits the OpenAPI document, and what nearly fits, gets an answer that it declares.

One caller may do everything. Cases are derived from the document alone with a fixed seed, so a run
repeats. `CONTRACT_EXAMPLES` makes a longer run.
"""

import os
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support import caller

EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "8"))

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture
def token(db: None) -> Iterator[str]:
    """A token with every right; one for all examples of an endpoint, rolled back after them."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # the connection holds the test's transaction
    yield str(caller().token)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_declared(case: schemathesis.Case, token: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

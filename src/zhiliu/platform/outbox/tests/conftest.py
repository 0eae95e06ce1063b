"""Handlers that only these tests know."""

from collections.abc import Callable

import pytest
from tests.support_events import LampLit

from zhiliu.platform.outbox.registry import DeliveredEvent, deferred_reactions


@pytest.fixture
def handle(monkeypatch) -> Callable[[str, Callable[[DeliveredEvent], None]], None]:
    """`handle("tests.mail", function)` registers a deferred handler for this test only."""
    handlers: dict[str, Callable[[DeliveredEvent], None]] = {}
    monkeypatch.setitem(deferred_reactions, LampLit.type, handlers)
    return handlers.__setitem__

"""The shape of every event: a subscriber reads these, so changed fields make a new version.

An added event is added here by `SNAPSHOTS=write pytest tests/snapshots`; a changed or removed one
must be a new version beside the old one.
"""

import json
import os
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

from zhiliu.config.documents import own_events, type_words
from zhiliu.kernel.event import Event

FILE = Path(__file__).parent / "event_schemas.json"
ENVELOPE = {f.name for f in fields(Event)}


def schemas() -> dict[str, dict[str, str]]:
    """Each event's own fields and their types, by event type."""
    return {
        event.type: {
            f.name: type_words(get_type_hints(event)[f.name])
            for f in fields(event)
            if f.name not in ENVELOPE
        }
        for event in own_events()
    }


def test_no_event_changed_its_shape() -> None:
    if os.environ.get("SNAPSHOTS") == "write":
        FILE.write_text(json.dumps(schemas(), indent=1) + "\n", encoding="utf-8")

    assert schemas() == json.loads(FILE.read_text(encoding="utf-8"))


def test_events_carry_ids_and_primitives_only() -> None:
    """No record, no nested class: what an event says must be readable in ten years."""
    plain = {"id", "text", "integer", "true or false", "decimal as text", "time", "date"}
    plain |= {f"map of text to {p}" for p in plain} | {"map of text to value"}
    allowed = plain | {f"list of {p}" for p in plain} | {f"{p} or null" for p in plain}
    found = [
        f"{event}.{name}: {words}"
        for event, own in schemas().items()
        for name, words in own.items()
        if words not in allowed and not words.startswith("`")
    ]

    assert found == []

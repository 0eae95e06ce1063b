"""What ninja cannot know about every endpoint: headers, refusals, exports.

The same document is served at `/api/v1/openapi.json` and committed as `openapi.json`.
"""

from typing import Any

from zhiliu.kernel.refusal import all_refusals
from zhiliu.platform.commands.exports import CSV, XLSX
from zhiliu.platform.commands.http import NAMES_VERSION

INVALID_PAYLOAD = "commands.invalid_payload"  # 422, made by the edge and not by an operation

IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "Fresh for each new request, the same again for each repeat; a UUID will do.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$"},
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": "The version of the record that the edit was made on: the ETag of its read.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
}
ONLY_WRITES = (409,)
ONLY_EDITS = (412, 428)
FILES = {
    CSV: {"schema": {"type": "string"}},
    XLSX: {"schema": {"type": "string", "format": "binary"}},
}


def complete(schema: dict[str, Any]) -> None:
    """Add headers, refusals with their codes and the files of lists to an OpenAPI document."""
    for methods in schema["paths"].values():
        for method, endpoint in methods.items():
            _complete_endpoint(method, endpoint)
    problem = schema["components"]["schemas"].get("Problem")
    if problem is not None:
        problem["properties"]["code"]["enum"] = refusal_codes()


def refusal_codes() -> list[str]:
    """The codes of every refusal of Zhiliu, sorted; what tests declare is left out."""
    codes = {r.code for r in all_refusals() if is_own(r)}
    return sorted(codes | {INVALID_PAYLOAD})


def is_own(declared: type) -> bool:
    """True for a class that Zhiliu declares, False for one that a test made."""
    parts = declared.__module__.split(".")
    return parts[0] == "zhiliu" and "tests" not in parts


def _complete_endpoint(method: str, endpoint: dict[str, Any]) -> None:
    parameters = endpoint.setdefault("parameters", [])
    answers = endpoint["responses"]
    if method != "get":
        parameters.append(IDEMPOTENCY_KEY)
    is_edit = endpoint.pop(NAMES_VERSION, method == "patch")
    if is_edit:
        parameters.append(IF_MATCH)
    for status in (
        *(ONLY_WRITES if method == "get" else ()),
        *(() if is_edit else ONLY_EDITS),
    ):
        answers.pop(status, None)
    for status, answer in answers.items():
        if status >= 400 and "content" in answer:
            answer["content"] = {"application/problem+json": next(iter(answer["content"].values()))}
    if any(p["name"] == "format" for p in parameters):
        answers[200]["content"].update(FILES)

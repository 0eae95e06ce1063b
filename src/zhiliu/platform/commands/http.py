"""The edge of every endpoint: from a request to a command, from a refusal to problem+json."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, SecretStr
from pydantic_core import to_json

from zhiliu.kernel.actor import Actor
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.command import Command, Proof, Strength
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.access.errors import NotPermitted
from zhiliu.platform.access.public import check_seen, prove_identity
from zhiliu.platform.commands.errors import IfMatchMissing, VersionMismatch
from zhiliu.platform.commands.operations import perform
from zhiliu.platform.commands.queries import is_done


def in_utc(moment: datetime) -> datetime:
    """The same instant in UTC: PostgreSQL reads no offset of 16 hours or more."""
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment
    except OverflowError as error:
        raise ValueError("outside the years 1 to 9999") from error


Moment = Annotated[AwareDatetime, AfterValidator(in_utc)]


class Schema(BaseModel):
    """What goes over the wire, in and out; the base of every schema.

    Not ninja's own Schema: that reads each value through a getter for Django's templates and
    managers, in Python, which takes longer than everything else that pydantic does for a request.
    """

    model_config = ConfigDict(from_attributes=True)


class Problem(Schema):
    """RFC 9457 problem details. Map `code`; show `detail` and `remedy`."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    remedy: str
    data: dict[str, Any]
    trace_id: str


class AllowedAction(Schema):
    """A verb of a record, whether the caller may do it now, and if not what refuses it.

    `refusal`, `sentence` and `remedy` are those of the first refusal, null when there is none;
    `strength` is how the verb is signed today, null when nobody signs it.
    """

    verb: str
    is_allowed: bool
    refusal: str | None
    sentence: str | None
    remedy: str | None
    strength: Strength | None

    @classmethod
    def of(
        cls,
        verb: str,
        refusals: Sequence[Refusal],
        language: str,
        strength: Strength | None = None,
    ) -> "AllowedAction":
        """The verb and the first of what refuses it, in the caller's language."""
        first = refusals[0] if refusals else None
        return cls(
            verb=verb,
            is_allowed=first is None,
            refusal=first.code if first else None,
            sentence=first.sentence(language) if first else None,
            remedy=first.remedy(language) if first else None,
            strength=strength,
        )


class Act(Schema):
    """What every write may say besides its own content."""

    occurred_at: Annotated[datetime, AfterValidator(in_utc)] | None = None
    reason: str = ""


class SignedAct(Act):
    """A write that may have to be signed again by its person.

    `secret` is the person's password or the code of his authenticator; it is looked at and kept
    nowhere.
    """

    secret: Annotated[SecretStr, Field(min_length=1, max_length=200)] | None = None


# Marks an act that names the version it was decided on, as edits do: `openapi_extra=ON_VERSION`.
NAMES_VERSION = "x-names-version"
ON_VERSION = {NAMES_VERSION: True}

PROBLEMS: dict[int, type[Problem]] = {
    code: Problem for code in (400, 401, 403, 404, 405, 409, 412, 422, 428, 429, 503)
}


def answers(schema: Any, status: int = 200) -> dict[int, Any]:
    """The `response=` of an endpoint: its answer and every refusal it may give."""
    return {status: schema, **PROBLEMS}


def actor_of(request: HttpRequest) -> Actor:
    """The actor that ninja's auth put on the request."""
    return request.auth  # type: ignore[attr-defined, no-any-return]


def reader(request: HttpRequest, operation: str) -> Actor:
    """The actor of a read; raises NotPermitted when it may read nowhere."""
    actor = actor_of(request)
    if not actor.scopes(operation):
        raise NotPermitted(operation=operation)
    return actor


def list_reader(
    request: HttpRequest, operation: str, record_kind: str | None, record_id: UUID | None
) -> Actor | None:
    """Who reads what is kept about all records; None when one is named that the caller may see.

    Whoever may see a record may see what happened to it, without the right to read that of all.
    Raises NotPermitted, UnknownKind and what the record's context refuses.
    """
    if record_kind and record_id:
        check_seen(actor_of(request), record_kind, record_id)
        return None
    return reader(request, operation)


def act(
    request: HttpRequest,
    operation: str,
    body: BaseModel | None,
    call: Callable[[Command, datetime], Any],
    *,
    status: int = 200,
    path: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Perform one operation for a request and answer with the stored bytes.

    `path` are the ids in the address; with the body's fields they are the content of the
    idempotency key; the secret of a SignedAct is not. A repeat says `Idempotency-Replayed: true`.
    Raises what `perform` and `prove_identity` raise.
    """
    kept_nowhere = {"secret"} if isinstance(body, SignedAct) else None
    content = {**(path or {}), **(body.model_dump(exclude=kept_nowhere) if body else {})}
    actor = reader(request, operation)
    key = request.headers.get("Idempotency-Key", "")
    answer = perform(
        actor=actor,
        operation=operation,
        key=key,
        content=content,
        call=call,
        recorded_at=server_time(),
        occurred_at=content.get("occurred_at"),
        reason=content.get("reason") or "",
        status=status,
        correlation_id=_correlation(request),
        proof=_proof(actor, operation, key, body),
    )
    response = HttpResponse(answer.text, status=answer.status, content_type="application/json")
    if answer.is_repeat:
        response["Idempotency-Replayed"] = "true"
    return response


def _proof(actor: Actor, operation: str, key: str, body: BaseModel | None) -> Proof | None:
    """The proof of identity that the body carries, before the transaction; None without a secret.

    A repeat after a lost answer carries a code that was used, so a done command is not asked for
    it again: the key lets it have no second effect.
    """
    if not isinstance(body, SignedAct) or body.secret is None:
        return None
    if is_done(actor, operation, key):
        return Proof("repeat", server_time())
    return prove_identity(actor, body.secret.get_secret_value())


def _correlation(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.headers["Correlation-Id"])
    except (KeyError, ValueError):
        return None


def if_match(request: HttpRequest) -> int:
    """The version named by If-Match; raises IfMatchMissing."""
    value = request.headers.get("If-Match", "").strip().strip('"')
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise IfMatchMissing()
    return int(value)


def same_version(expected: int, actual: int) -> None:
    """Raise VersionMismatch unless the record is still at the version that the caller saw."""
    if expected != actual:
        raise VersionMismatch(expected=expected, actual=actual)


def language_of(request: HttpRequest) -> str:
    """ "zh" when the caller prefers Chinese, else "en"."""
    return "zh" if request.headers.get("Accept-Language", "").lower().startswith("zh") else "en"


def unsigned_actions(
    request: HttpRequest, refusals: Mapping[str, Sequence[Refusal]]
) -> list[AllowedAction]:
    """Each verb with what refuses it now, in the caller's language; nobody signs any of them."""
    language = language_of(request)
    return [AllowedAction.of(verb, against, language) for verb, against in refusals.items()]


def problem(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as problem+json in the caller's language."""
    language = language_of(request)
    body = {
        "type": f"/docs/errors#{refusal.code}",
        "title": refusal.code,
        "status": refusal.status,
        "code": refusal.code,
        "detail": refusal.sentence(language),
        "remedy": refusal.remedy(language),
        "data": refusal.data(),
        "trace_id": getattr(request, "trace_id", ""),
    }
    response = HttpResponse(
        to_json(body), status=refusal.status, content_type="application/problem+json"
    )
    response["Content-Language"] = language
    response["Vary"] = "Accept-Language"
    if refusal.status == 503:
        response["Retry-After"] = "2"
    if refusal.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


_PAYLOAD = {
    "missing": ("{f} is missing.", "缺少 {f}。"),
    "extra_forbidden": ("{f} is not known here.", "不认识的字段 {f}。"),
    "string_too_short": (
        "{f} needs at least {min_length} characters.",
        "{f} 至少 {min_length} 个字符。",
    ),
    "string_too_long": ("{f} may have {max_length} characters.", "{f} 最多 {max_length} 个字符。"),
    "greater_than": ("{f} must be more than {gt}.", "{f} 必须大于 {gt}。"),
    "greater_than_equal": ("{f} must be at least {ge}.", "{f} 不得小于 {ge}。"),
    "less_than_equal": ("{f} may be at most {le}.", "{f} 不得大于 {le}。"),
    "enum": ("{f} must be one of {expected}.", "{f} 必须是 {expected} 之一。"),
    "literal_error": ("{f} must be one of {expected}.", "{f} 必须是 {expected} 之一。"),
    "string_unicode": (
        "{f} holds half of a surrogate pair, which is no character.",
        "{f} 含有不成对的代理字符，不是有效文本。",
    ),
    "too_short": ("{f} needs at least {min_length} entries.", "{f} 至少 {min_length} 项。"),
    "too_long": ("{f} may have {max_length} entries.", "{f} 最多 {max_length} 项。"),
}
_OTHER = ("{f} has a value that cannot be used ({kind}).", "{f} 的值无效（{kind}）。")


def invalid(request: HttpRequest, errors: list[dict[str, Any]]) -> HttpResponse:
    """422: the payload does not fit; a sentence per field, in the caller's language.

    Pydantic's messages are English only, so sentences are made from `type` and `ctx`.
    """
    language = language_of(request)
    fields = []
    for error in errors:
        name = ".".join(str(p) for p in error["loc"][1:] if p != "body") or "body"
        kind = error["type"]
        pair = _PAYLOAD.get(kind, _OTHER)
        values = {"f": name, "kind": kind, **(error.get("ctx") or {})}
        fields.append(
            {"field": name, "kind": kind, "sentence": pair[language == "zh"].format(**values)}
        )
    zh = language == "zh"
    body = {
        "type": "/docs/errors#commands.invalid_payload",
        "title": "commands.invalid_payload",
        "status": 422,
        "code": "commands.invalid_payload",
        "detail": " ".join(f["sentence"] for f in fields[:5]),
        "remedy": "请更正这些字段后重新提交。" if zh else "Correct these fields and send it again.",
        "data": {"fields": fields},
        "trace_id": getattr(request, "trace_id", ""),
    }
    response = HttpResponse(to_json(body), status=422, content_type="application/problem+json")
    response["Content-Language"] = language
    response["Vary"] = "Accept-Language"
    return response

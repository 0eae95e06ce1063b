"""What tests need to act: callers with rights, and a way to perform operations directly."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhiliu.kernel.actor import SYSTEM, Actor, Scope
from zhiliu.kernel.clock import server_time
from zhiliu.kernel.command import Command, Proof
from zhiliu.platform.access.models import ApiToken, Role, RoleGrant, User
from zhiliu.platform.access.operations import set_password
from zhiliu.platform.access.permissions import all_permissions
from zhiliu.platform.access.queries import token_digest
from zhiliu.platform.access.sessions import SEEN, SIGNED_IN
from zhiliu.platform.commands.operations import perform
from zhiliu.platform.evidence.public import record_created


def run(
    call: Callable[[Command, datetime], Any],
    *,
    operation: str = "tests.run",
    actor: Actor = SYSTEM,
    at: datetime | None = None,
    reason: str = "",
    proof: Proof | None = None,
) -> Any:
    """Perform `call(command, at)` as one command of its own; returns what it returned."""
    box: list[Any] = []

    def keep(command: Command, moment: datetime) -> None:
        box.append(call(command, moment))

    perform(
        actor=actor,
        operation=operation,
        key=str(uuid4()),
        content={},
        call=keep,
        recorded_at=server_time(),
        occurred_at=at,
        reason=reason,
        proof=proof,
    )
    return box[0]


@dataclass
class Caller:
    """Somebody who talks HTTP, with a token or, who signs with a password, with a session."""

    token: str | None
    user_id: UUID | None = None
    language: str = "en"
    password: str | None = None
    session: Client | None = None

    def send(
        self, method: str, path: str, body: Any = None, *, key: str | None = None, **headers: str
    ) -> Any:
        """One request under /api/v1; writes get a fresh Idempotency-Key unless one is given."""
        sent = {"Accept-Language": self.language, **headers}
        if self.token is not None:
            sent["Authorization"] = f"Bearer {self.token}"
        if method != "GET":
            sent["Idempotency-Key"] = key or str(uuid4())
        return (self.session or Client()).generic(
            method,
            f"/api/v1{path}",
            data=json.dumps(body, default=str) if body is not None else "",
            content_type="application/json",
            headers=sent,
        )

    def upload(
        self,
        path: str,
        file: SimpleUploadedFile | None,
        fields: dict[str, Any],
        *,
        key: str | None = None,
        **headers: str,
    ) -> Any:
        """One form with a file under /api/v1."""
        sent = {"Accept-Language": self.language, "Idempotency-Key": key or str(uuid4()), **headers}
        if self.token is not None:
            sent["Authorization"] = f"Bearer {self.token}"
        form = {**fields, "file": file} if file is not None else fields
        return Client().post(f"/api/v1{path}", data=form, headers=sent)

    def get(self, path: str, **headers: str) -> Any:
        """The JSON of a GET that must succeed."""
        answer = self.send("GET", path, **headers)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def post(self, path: str, status: int | None = None, **body: Any) -> Any:
        """The JSON of a POST that must succeed (or, with `status`, answer with that status)."""
        answer = self.send("POST", path, {k: v for k, v in body.items() if v is not None})
        wanted = (status,) if status else (200, 201)
        assert answer.status_code in wanted, (answer.status_code, answer.content.decode())
        return answer.json()


NOBODY = Caller(token=None)


def caller(
    *operations: str, name: str = "", scope: Scope | None = None, language: str = "en"
) -> Caller:
    """A caller with exactly these operations (all that exist, when none is named)."""
    granted = list(operations) or [p.operation for p in all_permissions()]
    return _make_caller(granted, name or f"caller-{uuid4().hex[:8]}", scope or Scope(), language)


def person(
    *operations: str, name: str = "", scope: Scope | None = None, language: str = "en"
) -> Caller:
    """A caller who is signed in and has a password, so that he can sign with it."""
    made = caller(*operations, name=name, scope=scope, language=language)
    assert made.user_id is not None
    user_id, password, session = made.user_id, uuid4().hex, Client()
    run(
        lambda command, at: set_password(user_id=user_id, password=password, command=command, at=at)
    )
    # not through the sign-in endpoint, which a whole test run would find throttled
    session.force_login(User.objects.get(pk=user_id))
    held = session.session
    held[SIGNED_IN] = held[SEEN] = server_time().timestamp()
    held.save()
    return Caller(None, user_id, language, password, session)


def _make_caller(granted: Iterable[str], name: str, scope: Scope, language: str) -> Caller:
    token = uuid4().hex + uuid4().hex
    operations = list(granted)

    def make(command: Command, at: datetime) -> UUID:
        user = record_created(User(username=f"{name}-{uuid4().hex[:6]}", name=name), command)
        role = record_created(
            Role(code=f"r-{uuid4().hex[:10]}", name_en=name, name_zh=name, operations=operations),
            command,
        )
        record_created(
            RoleGrant(
                user=user,
                role=role,
                company_id=scope.company_id,
                site_id=scope.site_id,
                supplier_id=scope.supplier_id,
                customer_id=scope.customer_id,
            ),
            command,
        )
        record_created(
            ApiToken(user=user, name=name, digest=token_digest(token), operations=operations),
            command,
        )
        return user.pk

    return Caller(token=token, user_id=run(make), language=language)

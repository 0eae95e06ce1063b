"""Who acts in the tests of access: users, roles and grants made by operations."""

from uuid import uuid4

from tests.support import run

from zhiliu.kernel.actor import EVERYWHERE, Actor
from zhiliu.platform.access.operations import (
    add_role,
    add_user,
    grant_role,
)

PASSWORD = "four words not together"


def any_version(_: int) -> None:
    """The caller does not mind which version he changes."""


def acting(user, *operations, scope=EVERYWHERE):
    return Actor(user.pk, user.name, {o: (scope,) for o in operations})


def user_named(username, **values):
    return run(
        lambda command, at: add_user(
            username=username, name=username, command=command, at=at, **values
        )
    )


def role_with(*operations):
    code = f"r{uuid4().hex[:8]}"
    return run(
        lambda command, at: add_role(
            code=code,
            name_en=code,
            name_zh=code,
            operations=operations,
            command=command,
            at=at,
        )
    )


def granted(user, role, actor=None, **scope):
    return run(
        lambda command, at: grant_role(
            user_id=user.pk, role_id=role.pk, command=command, at=at, **scope
        ),
        operation="access.grant_role",
        **({"actor": actor} if actor else {}),
    )

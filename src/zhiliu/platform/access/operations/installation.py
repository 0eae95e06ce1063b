"""The first user of an installation."""

from datetime import datetime

from zhiliu.kernel.command import Command
from zhiliu.platform.access.errors import AlreadyInstalled
from zhiliu.platform.access.models import User
from zhiliu.platform.access.operations.roles import add_role, grant_role
from zhiliu.platform.access.operations.users import add_user
from zhiliu.platform.access.permissions import all_permissions
from zhiliu.platform.evidence.public import flush


def bootstrap_administrator(
    *, username: str, name: str, password: str, language: str = "zh", command: Command, at: datetime
) -> User:
    """Make the first user, with a role that holds every operation, as nobody else could grant it.

    The actor is the system. Raises AlreadyInstalled when any user exists, BadUsername,
    WeakPassword; emits UserAdded, RoleAdded, RoleGranted.
    """
    flush()
    if User.objects.exists():
        raise AlreadyInstalled()
    user = add_user(
        username=username, name=name, language=language, password=password, command=command, at=at
    )
    role = add_role(
        code="administrator",
        name_en="Administrator",
        name_zh="管理员",
        operations=[p.operation for p in all_permissions()],
        command=command,
        at=at,
    )
    grant_role(user_id=user.pk, role_id=role.pk, command=command, at=at)
    return user

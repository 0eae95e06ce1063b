"""What may be granted: every operation of every context, declared in its `permissions.py`."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from zhiliu.kernel.actor import Actor


@dataclass(frozen=True)
class Permission:
    """The right to one operation, with its label in both languages."""

    operation: str
    en: str
    zh: str


_declared: dict[str, Permission] = {}


def declare_permissions(permissions: Iterable[Permission]) -> None:
    """Register a context's permissions at start-up; the same operation twice is a bug."""
    for permission in permissions:
        if _declared.setdefault(permission.operation, permission) != permission:
            raise ValueError(f"{permission.operation} is declared twice")


def all_permissions() -> tuple[Permission, ...]:
    """Every operation that may be granted, in the order of its name."""
    return tuple(_declared[o] for o in sorted(_declared))


def within_scopes(
    actor: Actor,
    operation: str,
    *,
    company: str | None = None,
    site: str | None = None,
    supplier: str | None = None,
    customer: str | None = None,
) -> Q:
    """The filter that leaves only rows inside the actor's grants for `operation`.

    The arguments name the model's lookups, such as `site="site_id"`. A grant that is scoped by
    something the model has no lookup for shows nothing: what cannot be decided is refused.
    """
    lookups = {
        "company_id": company,
        "site_id": site,
        "supplier_id": supplier,
        "customer_id": customer,
    }
    allowed = Q(pk__in=[])
    for scope in actor.scopes(operation):
        wanted = {name: getattr(scope, name) for name in lookups if getattr(scope, name)}
        if not wanted:
            return Q()
        if all(lookups[name] for name in wanted):
            allowed |= Q(**{str(lookups[name]): value for name, value in wanted.items()})
    return allowed

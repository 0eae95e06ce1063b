"""Who may see which records: one declaration a kind, for lists in SQL, for streams in memory."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model, Q

from zhiliu.kernel.actor import EVERYWHERE, Actor, Scope


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


def is_staff(actor: Actor, operation: str) -> bool:
    """True when a grant for `operation` is limited to no supplier or customer."""
    return any(s.supplier_id is None and s.customer_id is None for s in actor.scopes(operation))


@dataclass(frozen=True)
class Visibility:
    """Who may see the records of one kind: whoever is granted `operation` where the record lies.

    `company`, `site`, `supplier` and `customer` are the model's lookups that say where that is; a
    grant limited by one that the model lacks shows nothing. With `is_shared` the records belong to
    no company: staff, whose grant is limited to no supplier or customer, sees all of them.

    `filter` and `is_seen` answer the same, the one for a list in SQL, the other in memory.
    """

    kind: str
    model: type[Model]
    operation: str
    company: str | None = None
    site: str | None = None
    supplier: str | None = None
    customer: str | None = None
    is_shared: bool = False

    def filter(self, actor: Actor, *, operation: str = "", prefix: str = "") -> Q:
        """The filter that leaves the records that the actor may see, or do `operation` with.

        `prefix` leads from the filtered model to this one, such as `lot__`.
        """
        operation = operation or self.operation
        if self.is_shared and is_staff(actor, operation):
            return Q()
        lookups = {name: lookup and prefix + lookup for name, lookup in self._lookups().items()}
        return within_scopes(actor, operation, **lookups)

    def where(self, record_ids: Collection[UUID]) -> dict[UUID, Scope]:
        """Where each of these records lies, in one query at most; what does not exist is left out.

        Nothing is asked where nothing distinguishes one record from another.
        """
        lookups = {name: lookup for name, lookup in self._lookups().items() if lookup}
        if not lookups:
            return dict.fromkeys(record_ids, EVERYWHERE)
        rows = self.model._default_manager.filter(pk__in=record_ids)
        return {
            pk: Scope(**{f"{name}_id": value for name, value in zip(lookups, ids, strict=True)})
            for pk, *ids in rows.values_list("pk", *lookups.values())
        }

    def is_seen(self, actor: Actor, where: Scope) -> bool:
        """True when the actor may see a record that lies there."""
        if self.is_shared and is_staff(actor, self.operation):
            return True
        return actor.may(self.operation, where)

    def _lookups(self) -> dict[str, str | None]:
        names = ("company", "site", "supplier", "customer")
        return {name: getattr(self, name) for name in names}


_visibilities: dict[str, Visibility] = {}


def declare_visibilities(visibilities: Iterable[Visibility]) -> None:
    """Register who may see an app's kinds of records, at start-up; the same kind twice is a bug."""
    for visibility in visibilities:
        if _visibilities.setdefault(visibility.kind, visibility) != visibility:
            raise ValueError(f"the visibility of {visibility.kind} is declared twice")


def visibility_of(kind: str) -> Visibility | None:
    """Who may see records of this kind; None when nobody declared it."""
    return _visibilities.get(kind)


def all_visible_kinds() -> tuple[str, ...]:
    """Every kind whose visibility is declared."""
    return tuple(sorted(_visibilities))

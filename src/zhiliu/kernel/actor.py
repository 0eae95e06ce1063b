"""Who acts: a person or a machine, with what it may do and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Scope:
    """Where a right holds. None means everywhere; a set means only there.

    A role grant carries at most one of company, site, supplier, customer; the scopes of several
    grants of the same right are a union, kept as a tuple by the Actor.
    """

    company_id: UUID | None = None
    site_id: UUID | None = None
    supplier_id: UUID | None = None
    customer_id: UUID | None = None

    def covers(self, where: "Scope") -> bool:
        """True when everything this scope asks for is so at `where`."""
        return all(
            mine is None or mine == theirs
            for mine, theirs in (
                (self.company_id, where.company_id),
                (self.site_id, where.site_id),
                (self.supplier_id, where.supplier_id),
                (self.customer_id, where.customer_id),
            )
        )


EVERYWHERE = Scope()


@dataclass(frozen=True)
class Actor:
    """A signed-in person, an API token acting for one, or the system itself.

    `has_session` is true of a person who signed in, who alone can prove his identity again.
    """

    id: UUID
    name: str
    rights: Mapping[str, tuple[Scope, ...]] = field(default_factory=dict, hash=False)
    is_system: bool = False
    has_session: bool = False

    def scopes(self, operation: str) -> tuple[Scope, ...]:
        """The scopes in which the actor may do `operation`; empty means nowhere."""
        return (EVERYWHERE,) if self.is_system else self.rights.get(operation, ())

    def may(self, operation: str, where: Scope) -> bool:
        """True when one of the actor's grants for `operation` covers `where`."""
        return any(scope.covers(where) for scope in self.scopes(operation))


SYSTEM = Actor(UUID(int=0), "system", is_system=True)
IMPORT = Actor(UUID(int=1), "import", is_system=True)
# Who inspected may not dispose, an import neither: what it disposes of is decided by another actor.
IMPORT_BOARD = Actor(UUID(int=2), "import review board", is_system=True)

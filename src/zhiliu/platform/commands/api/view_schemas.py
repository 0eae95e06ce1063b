"""What goes over the wire for saved views, and for the names of people."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field
from pydantic_core import to_json

from zhiliu.platform.access.models import SavedView
from zhiliu.platform.commands.api.access_schemas import ShortName
from zhiliu.platform.commands.http import Act, Schema

VIEW_BYTES, VIEW_DEPTH = 4096, 8


def _bounded(query: dict[str, Any]) -> dict[str, Any]:
    if len(to_json(query)) > VIEW_BYTES:
        raise ValueError(f"a view takes at most {VIEW_BYTES} bytes")
    if not _is_plain(query, VIEW_DEPTH):
        raise ValueError("nested too deeply, or text with a NUL")
    return query


def _is_plain(value: Any, depth: int) -> bool:
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        return depth > 0 and all(_is_plain(one, depth - 1) for one in value)
    return "\x00" not in value if isinstance(value, str) else True


# What the screen made of a list: filters, sorting, columns. The server keeps it as it is.
ViewQuery = Annotated[dict[str, Any], AfterValidator(_bounded)]
ListName = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z0-9_-]+$")]


class ViewIn(Act):
    """A view of a list, such as `lots`, under a name of one's own."""

    list: ListName
    name: ShortName
    query: ViewQuery
    is_shared: bool = False


class ViewEdit(Act):
    """What shall change; what is left out stays."""

    name: ShortName | None = None
    query: ViewQuery | None = None
    is_shared: bool | None = None

    def changes(self) -> dict[str, Any]:
        """What is stated."""
        return self.model_dump(include={"name", "query", "is_shared"}, exclude_none=True)


class ViewOut(Schema):
    """A saved view; others' shared ones can be used, not changed."""

    id: UUID
    version: int
    list: str
    name: str
    query: dict[str, Any]
    is_shared: bool
    owner_id: UUID
    owner_name: str

    @classmethod
    def of(cls, view: SavedView) -> "ViewOut":
        own = {n: getattr(view, n) for n in ("version", "list", "name", "query", "is_shared")}
        return cls(id=view.pk, owner_id=view.user_id, owner_name=view.user.name, **own)


class PersonOut(Schema):
    """Who an id of an answer is; `is_active` is false of somebody who left."""

    id: UUID
    name: str
    is_active: bool


class PeopleOut(Schema):
    """Those of the asked people who exist."""

    items: list[PersonOut]

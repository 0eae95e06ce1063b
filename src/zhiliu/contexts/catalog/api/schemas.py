"""What goes over the wire for the catalogue."""

from uuid import UUID

from ninja import Schema
from pydantic import Field

from zhiliu.contexts.catalog.models import Material
from zhiliu.platform.commands.http import Act


class MaterialIn(Act):
    """A new material."""

    number: str = Field(min_length=1, max_length=40)
    name: str = Field(min_length=1, max_length=150)
    group: str = Field(default="", max_length=60)
    unit_id: UUID
    profile_id: UUID


class MaterialOut(Schema):
    """A material."""

    id: UUID
    version: int
    number: str
    name: str
    group: str
    unit_id: UUID
    profile_id: UUID
    is_active: bool

    @classmethod
    def of(cls, material: Material) -> "MaterialOut":
        return cls.model_validate(material, from_attributes=True)

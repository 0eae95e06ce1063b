"""The public facts of the catalogue."""

from dataclasses import dataclass

from zhiliu.kernel.event import Event


@dataclass(frozen=True)
class MaterialAdded(Event):
    """A material can now be ordered, received and kept."""

    name: str
    unit: str
    profile: str

    type = "catalog.material_added.v1"

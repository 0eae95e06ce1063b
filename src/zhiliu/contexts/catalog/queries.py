"""Reads of the catalogue."""

from django.db.models import QuerySet

from zhiliu.contexts.catalog.models import Material
from zhiliu.kernel.actor import Actor


def list_materials(actor: Actor) -> QuerySet[Material]:
    """Materials that the actor may see; they belong to no site, so any reader sees all."""
    return Material.objects.all()

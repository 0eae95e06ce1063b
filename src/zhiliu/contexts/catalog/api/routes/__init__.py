"""Endpoints of the catalogue, one file per aggregate."""

from ninja import Router

from zhiliu.contexts.catalog.api.routes import (
    bills,
    materials,
    profiles,
    sites,
    specifications,
    units,
)

router = Router(tags=["catalog"])
for part in (sites, units, profiles, materials, bills, specifications):
    router.add_router("", part.router)

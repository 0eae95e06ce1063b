"""Endpoints of the catalogue, one file per aggregate."""

from ninja import Router

from zhiliu.contexts.catalog.api.routes import bills, materials, profiles, sites, units

router = Router(tags=["catalog"])
for part in (sites, units, profiles, materials, bills):
    router.add_router("", part.router)

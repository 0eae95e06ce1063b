"""The endpoints of platform, one module an app: commands is the highest app that serves any."""

from ninja import Router

from zhiliu.platform.commands.api import (
    access_routes,
    audit_routes,
    check_routes,
    grant_routes,
    outbox_routes,
    search_routes,
    self_routes,
)

router = Router()
router.add_router("", self_routes.router)
router.add_router("", search_routes.router)
router.add_router("", access_routes.router)
router.add_router("", grant_routes.router)
router.add_router("", audit_routes.router)
router.add_router("", check_routes.router)
router.add_router("", outbox_routes.router)

"""All endpoints of stock."""

from ninja import Router

from zhiliu.contexts.stock.api import goods, lots, places

router = Router()
router.add_router("", lots.router)
router.add_router("", goods.router)
router.add_router("", places.router)

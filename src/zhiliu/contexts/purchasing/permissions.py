"""What may be granted in purchasing, and where an order belongs."""

from django.db.models import Q

from zhiliu.contexts.purchasing.models import Order
from zhiliu.kernel.actor import Actor, Scope
from zhiliu.platform.access.public import Permission, within_scopes

PERMISSIONS = (
    Permission("purchasing.read", "See purchase orders and terms", "查看采购订单和供货条款"),
    Permission("purchasing.create_order", "Write purchase orders", "新建采购订单"),
    Permission("purchasing.confirm_order", "Confirm purchase orders", "确认采购订单"),
    Permission("purchasing.cancel_order", "Cancel purchase orders", "取消采购订单"),
    Permission("purchasing.close_order", "Close purchase orders", "关闭采购订单"),
    Permission("purchasing.set_supplier_terms", "Set suppliers' terms", "维护供货条款"),
)


def where(order: Order) -> Scope:
    """Where an order belongs, for the question whether an actor may act on it."""
    return Scope(company_id=order.company_id, site_id=order.site_id, supplier_id=order.supplier_id)


def visible_orders(actor: Actor) -> Q:
    """The filter that leaves the orders inside the actor's grants."""
    return within_scopes(
        actor, "purchasing.read", company="company_id", site="site_id", supplier="supplier_id"
    )


def visible_terms(actor: Actor) -> Q:
    """Terms belong to no company: staff see all of them, a supplier only its own."""
    scopes = actor.scopes("purchasing.read")
    if any(s.supplier_id is None and s.customer_id is None for s in scopes):
        return Q()
    return within_scopes(actor, "purchasing.read", supplier="supplier_id")

"""What may be granted in purchasing, and where an order belongs."""

from zhiliu.contexts.purchasing.models import Order, SupplierTerms
from zhiliu.kernel.actor import Scope
from zhiliu.platform.access.public import Permission, Visibility

READ = "purchasing.read"

PERMISSIONS = (
    Permission(READ, "See purchase orders and terms", "查看采购订单和供货条款"),
    Permission("purchasing.create_order", "Write purchase orders", "新建采购订单"),
    Permission("purchasing.confirm_order", "Confirm purchase orders", "确认采购订单"),
    Permission("purchasing.cancel_order", "Cancel purchase orders", "取消采购订单"),
    Permission("purchasing.close_order", "Close purchase orders", "关闭采购订单"),
    Permission("purchasing.set_supplier_terms", "Set suppliers' terms", "维护供货条款"),
)

ORDERS = Visibility(
    Order.kind, Order, READ, company="company_id", site="site_id", supplier="supplier_id"
)
# Terms belong to no company: staff see all of them, a supplier only its own.
TERMS = Visibility(SupplierTerms.kind, SupplierTerms, READ, supplier="supplier_id", is_shared=True)
VISIBLE = (ORDERS, TERMS)


def where(order: Order) -> Scope:
    """Where an order belongs, for the question whether an actor may act on it."""
    return Scope(company_id=order.company_id, site_id=order.site_id, supplier_id=order.supplier_id)

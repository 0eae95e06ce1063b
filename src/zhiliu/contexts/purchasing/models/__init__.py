from zhiliu.contexts.purchasing.models.orders import Order, OrderLine
from zhiliu.contexts.purchasing.models.terms import SupplierTerms

__all__ = ["Order", "OrderLine", "SupplierTerms"]

from zhiliu.contexts.receiving.models.arrivals import Arrival, ArrivalLine, GateRefusal
from zhiliu.contexts.receiving.models.returns import SupplierReturn, SupplierReturnLine

__all__ = ["Arrival", "ArrivalLine", "GateRefusal", "SupplierReturn", "SupplierReturnLine"]

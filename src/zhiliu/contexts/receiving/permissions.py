"""What may be granted in receiving, and who sees its documents."""

from zhiliu.contexts.receiving.models import Arrival, GateRefusal, SupplierReturn
from zhiliu.contexts.receiving.states import REFUSAL_KIND
from zhiliu.platform.access.public import Permission, Visibility

READ = "receiving.read"

PERMISSIONS = (
    Permission(READ, "See arrivals, refusals and returns", "查看到货、拒收和退供"),
    Permission("receiving.receive_goods", "Receive goods", "收货"),
    Permission("receiving.refuse_at_gate", "Refuse goods at the gate", "门口拒收"),
    Permission("receiving.return_goods", "Return goods to their supplier", "办理退供"),
    Permission("receiving.print_return_note", "Print return notes", "打印退货单"),
)

ARRIVALS, REFUSALS, RETURNS = VISIBLE = tuple(
    Visibility(kind, model, READ, company="company_id", site="site_id", supplier="supplier_id")
    for kind, model in (
        (Arrival.kind, Arrival),
        (REFUSAL_KIND, GateRefusal),
        (SupplierReturn.kind, SupplierReturn),
    )
)

"""What may be granted in receiving."""

from django.db.models import Q

from zhiliu.kernel.actor import Actor
from zhiliu.platform.access.public import Permission, within_scopes

PERMISSIONS = (
    Permission("receiving.read", "See arrivals, refusals and returns", "查看到货、拒收和退供"),
    Permission("receiving.receive_goods", "Receive goods", "收货"),
    Permission("receiving.refuse_at_gate", "Refuse goods at the gate", "门口拒收"),
    Permission("receiving.return_goods", "Return goods to their supplier", "办理退供"),
    Permission("receiving.print_return_note", "Print return notes", "打印退货单"),
)


def visible(actor: Actor) -> Q:
    """The filter that leaves the documents of receiving inside the actor's grants."""
    return within_scopes(
        actor, "receiving.read", company="company_id", site="site_id", supplier="supplier_id"
    )

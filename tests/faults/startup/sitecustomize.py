"""Read by the interpreter itself at start-up: gives the real processes one deferred reaction.

Every posting of goods prints one label, in a command of its own: if a delivery were lost or done
twice, the labels would tell.
"""

from zhiliu.platform.outbox.registry import DeliveredEvent, deferred_reactions

HANDLER = "tests.label"


def label(event: DeliveredEvent) -> None:
    """Print one label for the lot that moved; its reason is the event's id."""
    from zhiliu.contexts.stock.public import print_labels
    from zhiliu.kernel.actor import SYSTEM
    from zhiliu.kernel.clock import server_time
    from zhiliu.platform.commands.public import perform

    perform(
        actor=SYSTEM,
        operation="tests.label",
        key=event.key(HANDLER),
        content={},
        call=lambda command, at: str(
            print_labels(lot_id=event.subject_id, copies=1, command=command, at=at).pk
        ),
        recorded_at=server_time(),
        reason=str(event.id),
    )


deferred_reactions["stock.goods_moved.v1"][HANDLER] = label

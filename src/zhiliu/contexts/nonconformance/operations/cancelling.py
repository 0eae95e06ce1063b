"""Taking a disposition back before anything was posted."""

from datetime import datetime
from uuid import UUID

from zhiliu.contexts.inspections.public import cancel as cancel_inspection
from zhiliu.contexts.nonconformance import rules
from zhiliu.contexts.nonconformance.errors import ReasonMissing
from zhiliu.contexts.nonconformance.events import DispositionCancelled
from zhiliu.contexts.nonconformance.models import Concession, Disposition
from zhiliu.contexts.nonconformance.operations.concessions import end_concession
from zhiliu.contexts.nonconformance.operations.dispositions import end, give_back, tell
from zhiliu.contexts.nonconformance.operations.locks import check_not_before, lock_disposition
from zhiliu.contexts.nonconformance.queries import disposition_facts
from zhiliu.contexts.nonconformance.states import ConcessionEnd
from zhiliu.kernel.command import Command
from zhiliu.platform.evidence.public import flush


def cancel_disposition(*, disposition_id: UUID, command: Command, at: datetime) -> Disposition:
    """Take a disposition back, with a reason, before anything was posted; its goods are open again.

    The inspection that it opened, or the concession of a repair, ends with it. Raises
    ReasonMissing, NotFound, TooEarly, NotInState, AlreadyPosted; emits DispositionCancelled (and
    InspectionCancelled, ConcessionEnded).
    """
    if not command.reason.strip():
        raise ReasonMissing(act="cancel a disposition")
    disposition = lock_disposition(disposition_id, command)
    check_not_before(disposition.report, at)
    for refusal in rules.can_disposition("cancel", disposition_facts(disposition)):
        raise refusal
    end(disposition, "cancel", command, at)
    flush()
    give_back(disposition, command)
    tell(DispositionCancelled, disposition, command, at)
    concession = Concession.objects.filter(disposition_id=disposition.pk).first()
    if concession is not None:
        end_concession(concession, ConcessionEnd.CANCELLED, command, at)
    if disposition.inspection_id is not None:
        cancel_inspection(inspection_id=disposition.inspection_id, command=command, at=at)
    return disposition

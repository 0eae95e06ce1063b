"""What may be done with a record, as its page shows it: the one shape of every context."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from zhiliu.kernel.lifecycle import Lifecycle
from zhiliu.kernel.refusal import Refusal
from zhiliu.platform.commands.http import AllowedAction, language_of
from zhiliu.platform.signatures.strength import strength_of


def allowed_actions(
    request: HttpRequest,
    lifecycle: Lifecycle | None,
    refusals: Mapping[str, Sequence[Refusal]],
    *,
    steps: Mapping[str, tuple[Lifecycle, str]] | None = None,
    facts: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[AllowedAction]:
    """Each verb with what refuses it now, in the caller's language, and how it is signed today.

    `steps` names, for a verb that takes its step in another record's lifecycle, that lifecycle and
    its verb; `facts` are by verb the further inputs of the rule table of signing strength. A signed
    verb that the table does not decide is refused by the table's own refusal, as the act would be.
    """
    language = language_of(request)
    found = []
    for verb, against in refusals.items():
        owner, step = (steps or {}).get(verb, (lifecycle, verb))
        transition, asked = owner.verbs.get(step) if owner else None, None
        if owner is not None and transition is not None and transition.is_signed:
            try:
                asked = strength_of(owner.kind, step, (facts or {}).get(verb, {}))
            except Refusal as refusal:
                against = [*against, refusal]
        strength = asked.strength if asked else None
        found.append(AllowedAction.of(verb, against, language, strength))
    return found

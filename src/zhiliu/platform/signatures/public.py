"""The front door of signatures."""

from zhiliu.kernel.command import Strength
from zhiliu.platform.signatures.models import Signature
from zhiliu.platform.signatures.operations import sign
from zhiliu.platform.signatures.queries import signatures_shown
from zhiliu.platform.signatures.states import Meaning
from zhiliu.platform.signatures.strength import Asked, register_strength

__all__ = [
    "Asked",
    "Meaning",
    "Signature",
    "Strength",
    "register_strength",
    "sign",
    "signatures_shown",
]

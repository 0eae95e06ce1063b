"""How strongly an act is signed, and what the signature means."""

from enum import StrEnum


class Strength(StrEnum):
    """How sure it is who signs (DESIGN.md section 4.4)."""

    RECORDED = "recorded"
    RE_AUTHENTICATED = "re_authenticated"
    TWO_PERSON = "two_person"


class Meaning(StrEnum):
    """What the signer takes on himself (21 CFR 11.50 (a)(3): the meaning of the signature)."""

    AUTHOR = "author"
    REVIEW = "review"
    APPROVE = "approve"
    RELEASE = "release"
    REFUSE = "refuse"

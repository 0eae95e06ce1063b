"""What a signature means; how strong it is says the kernel's `Strength`."""

from enum import StrEnum


class Meaning(StrEnum):
    """What the signer takes on himself (21 CFR 11.50 (a)(3): the meaning of the signature)."""

    AUTHOR = "author"
    REVIEW = "review"
    APPROVE = "approve"
    RELEASE = "release"
    REFUSE = "refuse"

"""GS1 identifiers and element strings: what stands in the codes of labels.

Source: GS1 General Specifications, sections 3 (application identifiers), 7.9 (check digit), 7.11
(character set 82) and 7.8.6 (FNC1). Test vectors: GS1 Barcode Syntax Dictionary and Engine.
"""

import re
from collections.abc import Sequence

GTIN_LENGTHS = (8, 12, 13, 14)
SEPARATOR = "\x1d"  # how readers report FNC1 behind an element of variable length
SYMBOLOGY = "]d2"  # what readers say before a GS1 DataMatrix (ISO/IEC 15424)

# Character set 82: what an alphanumeric element may hold.
_CSET_82 = re.compile(r"[A-Za-z0-9!\"%&'()*+,\-./:;<=>?_]+")

# Application identifiers of which we know where they end without a separator (figure 7.8.5-2).
_FIXED = {
    **{"00": 18, "01": 14, "02": 14, "03": 14, "04": 16, "20": 2, "41": 14},
    **{f"1{n}": 6 for n in range(1, 10)},
    **{f"3{n}": 8 for n in range(1, 7)},
}


def has_check_digit(digits: str) -> bool:
    """True when the last digit is the modulo 10 check digit of those before it (section 7.9)."""
    if not digits.isascii() or not digits.isdigit() or len(digits) < 2:
        return False
    weighted = sum(int(d) * (3, 1)[i % 2] for i, d in enumerate(reversed(digits[:-1])))
    return (10 - weighted % 10) % 10 == int(digits[-1])


def is_gtin(digits: str) -> bool:
    """True for a GTIN-8, -12, -13 or -14 with a right check digit."""
    return len(digits) in GTIN_LENGTHS and has_check_digit(digits)


def is_encodable(text: str, longest: int) -> bool:
    """True when an alphanumeric element of at most `longest` characters can hold the text."""
    return len(text) <= longest and _CSET_82.fullmatch(text) is not None


def element_string(elements: Sequence[tuple[str, str]]) -> str:
    """Elements as a reader reports them: `0109501101020917` + `10L-42`, separated where needed."""
    parts = []
    for i, (identifier, value) in enumerate(elements):
        needs_end = identifier not in _FIXED and i + 1 < len(elements)
        parts.append(identifier + value + (SEPARATOR if needs_end else ""))
    return "".join(parts)


def read_elements(scanned: str) -> dict[str, str]:
    """The elements of two-digit identifiers in what a reader reports; empty when it is no GS1 code.

    With or without the symbology identifier in front. An identifier of more digits, or of none,
    ends the reading: what was read before it stands.
    """
    rest = scanned.removeprefix(SYMBOLOGY)
    found: dict[str, str] = {}
    while len(rest) > 2 and rest[:2].isascii() and rest[:2].isdigit():
        identifier, rest = rest[:2], rest[2:]
        length = _FIXED.get(identifier)
        if length is None and identifier not in ("10", "21", "22") and not identifier >= "90":
            break
        if length is None:
            value, _, rest = rest.partition(SEPARATOR)
        else:
            value, rest = rest[:length], rest[length:].removeprefix(SEPARATOR)
            if len(value) < length:
                break
        found[identifier] = value
    return found

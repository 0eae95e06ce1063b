"""GS1 check digits and element strings, against the vectors of the GS1 Syntax Engine."""

import pytest

from zhiliu.kernel.gs1 import (
    element_string,
    has_check_digit,
    is_encodable,
    is_gtin,
    read_elements,
)


@pytest.mark.parametrize(
    ("digits", "good"),
    [
        ("", False),
        ("02345673", True),
        ("12345673", False),
        ("1234567890128", True),
        ("123456789012345670", False),
        ("123456789012345675", True),
        ("12345678901231", True),
        ("12345678901234", False),
        ("09501101020917", True),
        ("0123456789012A", False),
        ("１２３４５６７３", False),
    ],
)
def test_the_check_digit_is_modulo_ten(digits: str, good: bool) -> None:
    assert has_check_digit(digits) is good


@pytest.mark.parametrize(
    ("gtin", "good"),
    [
        ("02345673", True),
        ("416000336108", True),
        ("2112345678900", True),
        ("12312312312333", True),
        ("123456789012345675", False),  # an SSCC is no GTIN
        ("2345673", False),
        ("12312312312334", False),
    ],
)
def test_a_gtin_has_one_of_four_lengths(gtin: str, good: bool) -> None:
    assert is_gtin(gtin) is good


@pytest.mark.parametrize(
    ("elements", "text"),
    [
        ([("01", "12345678901231")], "0112345678901231"),
        ([("10", "12345")], "1012345"),
        ([("10", "12345"), ("11", "991225")], "1012345\x1d11991225"),
        ([("01", "12345678901231"), ("10", "A"), ("21", "B")], "011234567890123110A\x1d21B"),
        ([("17", "270131"), ("91", "M-1"), ("92", "L-2")], "1727013191M-1\x1d92L-2"),
    ],
)
def test_elements_are_written_and_read_back(elements: list[tuple[str, str]], text: str) -> None:
    assert element_string(elements) == text
    assert read_elements(text) == dict(elements)
    assert read_elements(f"]d2{text}") == dict(elements)


@pytest.mark.parametrize(
    ("scanned", "found"),
    [
        ("L-000042", {}),
        ("", {}),
        ("批次", {}),
        ("0112345678901231\x1d10A", {"01": "12345678901231", "10": "A"}),
        ("011234567890123", {}),  # cut off
        ("10A\x1d39001234", {"10": "A"}),  # an identifier of four digits ends the reading
    ],
)
def test_what_is_no_code_has_no_elements(scanned: str, found: dict[str, str]) -> None:
    assert read_elements(scanned) == found


@pytest.mark.parametrize(
    ("text", "longest", "good"),
    [
        ("L-000042.1", 20, True),
        ("L" * 20, 20, True),
        ("L" * 21, 20, False),
        ("", 20, False),
        ("L 42", 20, False),
        ("批42", 20, False),
        ("ABC~", 20, False),
        ("!\"%&'()*+,-./:;<=>?_", 20, True),
        ("L-42\n", 20, False),
    ],
)
def test_an_element_takes_character_set_82(text: str, longest: int, good: bool) -> None:
    assert is_encodable(text, longest) is good

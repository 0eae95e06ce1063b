"""Sampling schemes that a real history is replayed under, and what became of it. Pure.

The rejected quantity of a line is the true number of nonconforming units in its lot: D of units 1
to N. Which of them they are does not matter, because samples are drawn evenly; so they are units 1
to D, and what a sample finds is hypergeometric, drawn without replacement.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

SEED: Final = "ISO 2859-1"
LEVEL: Final = "II"
MILLION: Final = 1_000_000


@dataclass(frozen=True)
class Scheme:
    """How each lot is inspected.

    `sampling`: iso, fixed or full, as plans of inspections say it. `aql`: of an iso plan, or of the
    plan whose n a fixed one takes for Ac 0; empty for every unit.
    """

    name: str
    sampling: str
    aql: str = ""


SCHEMES: Final[Mapping[str, Scheme]] = {
    scheme.name: scheme
    for scheme in (
        Scheme("aql-0.65", "iso", "0.65"),
        Scheme("aql-1.0", "iso", "1.0"),
        Scheme("aql-2.5", "iso", "2.5"),
        Scheme("c0", "fixed", "1.0"),
        Scheme("full", "full"),
    )
}


def drawing(key: str) -> Random:
    """What a delivery's lots are drawn with: the same for the same key, whatever was drawn before.

    So a history comes out the same each time, and a scheme draws the units of another one.
    """
    return Random(f"{SEED} {key}")


def found_in(units: Iterable[int], nonconforming: int) -> int:
    """How many of these units are nonconforming."""
    return sum(unit <= nonconforming for unit in units)


def per_million(count: int, of: int) -> int:
    """Parts per million, rounded; 0 of nothing."""
    return round(count * MILLION / of) if of else 0


@dataclass(frozen=True)
class VendorCount:
    """Units of a vendor: received, sent back in the end, and those of them that had escaped."""

    vendor: str
    received: int
    rejected: int
    escaped: int

    def shown(self) -> dict[str, Any]:
        """The counts, and per million received."""
        return {
            "vendor": self.vendor,
            "received": self.received,
            "rejected": self.rejected,
            "escaped": self.escaped,
            "ppm": per_million(self.rejected, self.received),
            "escaped_ppm": per_million(self.escaped, self.received),
        }


@dataclass(frozen=True)
class Account:
    """What a scheme cost and what it let through, counted from what the replay recorded.

    `units_inspected`: of samples; `units_sorted`: in lots that were not accepted. An escape is a
    nonconforming unit in goods that were released. `switches` counts changes by their reason.
    """

    scheme: str
    skip_lot: bool
    lots: int
    lots_skipped: int
    lots_not_accepted: int
    lots_escaped: int
    units_inspected: int
    units_sorted: int
    switches: Mapping[str, int]
    vendors: Sequence[VendorCount]

    def shown(self) -> dict[str, Any]:
        """One JSON object; vendors by their parts per million, the worst first."""
        received, rejected, escaped = (
            sum(getattr(vendor, name) for vendor in self.vendors)
            for name in ("received", "rejected", "escaped")
        )
        worst = sorted(
            (vendor.shown() for vendor in self.vendors), key=lambda v: (-v["ppm"], v["vendor"])
        )
        return {
            "scheme": self.scheme,
            "skip_lot": self.skip_lot,
            "lots": self.lots,
            "lots_skipped": self.lots_skipped,
            "lots_not_accepted": self.lots_not_accepted,
            "lots_escaped": self.lots_escaped,
            "units_inspected": self.units_inspected,
            "units_sorted": self.units_sorted,
            "units_escaped": escaped,
            "escaped_ppm": per_million(escaped, received),
            "received": received,
            "rejected": rejected,
            "switches": dict(sorted(self.switches.items())),
            "vendors": worst,
        }


# Heads of the table of schemes, English and Chinese, over the keys of a shown account.
_COLUMNS: Final = (
    ("scheme", "scheme", "方案"),
    ("units_inspected", "units inspected", "抽检件数"),
    ("units_sorted", "units sorted", "挑选件数"),
    ("lots_skipped", "lots skipped", "跳批批数"),
    ("lots_not_accepted", "lots not accepted", "不接收批数"),
    ("lots_escaped", "lots with escapes", "漏检批数"),
    ("units_escaped", "units escaped", "漏检件数"),
    ("escaped_ppm", "escaped ppm", "漏检 ppm"),
    ("switches", "switches", "严格度转移次数"),
    ("rejected", "rejected in the end", "最终拒收件数"),
    ("violations", "violations", "不变量违反"),
)
_VENDOR_COLUMNS: Final = (
    ("vendor", "vendor", "供应商"),
    ("received", "received", "收货件数"),
    ("rejected", "rejected", "拒收件数"),
    ("ppm", "ppm", "ppm"),
)
_ESCAPED: Final = {"en": "escaped ppm, {}", "zh": "漏检 ppm，{}"}


def scheme_table(accounts: Sequence[Mapping[str, Any]], language: str) -> list[str]:
    """Shown accounts as lines of a Markdown table, one a scheme; `language` is zh or en."""
    heads = [zh if language == "zh" else en for _, en, zh in _COLUMNS]
    return _table(heads, [[_cell(account, key) for key, _, _ in _COLUMNS] for account in accounts])


def vendor_table(accounts: Sequence[Mapping[str, Any]], language: str, most: int = 10) -> list[str]:
    """The vendors with the most rejected units per million received, and what escaped of them.

    What is rejected in the end is the same under every scheme; what escapes is not.
    """
    heads = [zh if language == "zh" else en for _, en, zh in _VENDOR_COLUMNS]
    heads += [_ESCAPED[language].format(_cell(account, "scheme")) for account in accounts]
    escaped = [{v["vendor"]: v["escaped_ppm"] for v in account["vendors"]} for account in accounts]
    rows = [
        [str(vendor[key]) for key, _, _ in _VENDOR_COLUMNS]
        + [str(of_scheme[vendor["vendor"]]) for of_scheme in escaped]
        for vendor in accounts[0]["vendors"][:most]
    ]
    return _table(heads, rows)


def _cell(account: Mapping[str, Any], key: str) -> str:
    if key == "scheme" and account["skip_lot"]:
        return f"{account[key]} + skip-lot"
    if key == "switches":
        return str(sum(account[key].values()))
    return str(account[key])


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows)]

"""`make bench`: sampling plans looked up a second, in one process, over all that can be asked.

Every level, AQL, severity and variant with lots of one to a million units, in an order that is
shuffled with a fixed seed; the median of ROUNDS rounds.
"""

import os
import random
import statistics
import time
from decimal import Decimal
from itertools import product

from zhiliu.contexts.inspections.rules.sampling import SEVERITIES, VARIANTS, plan_for
from zhiliu.contexts.inspections.rules.sampling_tables import AQLS, LEVELS

ROUNDS = int(os.environ.get("ROUNDS", "7"))
LOOKUPS = 200_000


def main() -> None:
    """Print one line."""
    draw = random.Random(2859)
    aqls = [Decimal(aql) for aql in AQLS]  # as the plans of the database hold them
    asked = list(product(LEVELS, aqls, SEVERITIES, VARIANTS))
    lookups = [(int(10 ** draw.uniform(0, 6)), *draw.choice(asked)) for _ in range(LOOKUPS)]
    rates = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        for lookup in lookups:
            plan_for(*lookup)
        rates.append(LOOKUPS / (time.perf_counter() - begun))
    print(
        f"sampling lookups/s {statistics.median(rates):.0f} "
        f"spread {min(rates):.0f}-{max(rates):.0f}"
    )


if __name__ == "__main__":
    main()

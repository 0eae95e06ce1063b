"""`python -m tests.faults.prepare`: on the data folder's running database, a plant with bulk lots.

Prints one JSON object: a token that may do everything, and the ids that the clients need.
"""

import json
import os

import django

from zhiliu.config.launch.database import running_database


def main() -> None:
    """Build and print."""
    with running_database():
        os.environ["DJANGO_SETTINGS_MODULE"] = "zhiliu.config.settings"
        django.setup()
        from tests.plant import build_plant
        from tests.support import caller

        plant = build_plant()
        lots = [str(plant.lot(1_000_000).pk) for _ in range(3)]
        made = {
            "token": caller().token,
            "lots": lots,
            "own": str(plant.own),
            "places": {code: str(place) for code, place in plant.places.items()},
            "material": str(plant.material("bearing")),
        }
        print(json.dumps(made), flush=True)


if __name__ == "__main__":
    main()

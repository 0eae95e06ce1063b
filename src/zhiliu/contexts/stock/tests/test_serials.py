"""Serials and where they are, receipt after receipt."""

import pytest
from tests.plant import build_plant

from zhiliu.contexts.stock.models import Serial, SerialMove

pytestmark = pytest.mark.django_db


def test_every_receipt_of_serials_books_each_piece_where_it_was_put() -> None:
    # the first receipt at a site reads its outside place, which sends what was queued so far; the
    # second one knows it, so that pieces and their moves go out as one statement
    plant = build_plant()
    for place, numbers in (("A-01", ("S1", "S2")), ("A-02", ("S3", "S4")), ("A-03", ("S5", "S6"))):
        lot = plant.lot(2, material="pump", place=place, serials=numbers)

        pieces = Serial.objects.filter(lot_id=lot.pk).order_by("number")
        assert [(s.number, s.place_id, s.owner_id) for s in pieces] == [
            (number, plant.places[place], plant.own) for number in numbers
        ]
        moves = SerialMove.objects.filter(serial__in=pieces).select_related("move")
        assert [m.move.to_place_id for m in moves] == [plant.places[place]] * 2

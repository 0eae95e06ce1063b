"""A mixed history breaks no invariant, and the command says so."""


def test_a_mixed_history_breaks_nothing(planting):
    with planting.open():
        found = planting.look()

    assert {i: [(r.number, r.en) for r in o.rows] for i, o in found.items()} == {}

"""`zhiliu check`: the invariants of DESIGN.md section 7, recounted from the rows.

Each family of invariants is one module of plain SQL; they share no code with the operations, so
that a fault there cannot hide itself here. All look at one snapshot and none changes anything.
"""

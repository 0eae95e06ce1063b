"""The tables of single sampling by attributes, row by row as the standards print them.

Facts, no decisions: `sampling.py` reads them. Two standards share most of them:

- ISO 2859-1:1999 = GB/T 2828.1-2012: table 1 and tables 2-A, 2-B, 2-C,
- MIL-STD-105E = ANSI/ASQ Z1.4-2003: table I and tables II-A, II-B, II-C.

Where the numbers come from, where the standards differ and which we took is told in
docs/decisions/0010-sampling-tables.md; every cell is compared in tests/test_rules_sampling.py.
"""

from typing import Final

# Acceptance quality limits, the columns of all master tables from left to right: percent
# nonconforming up to 10, nonconformities per 100 units throughout.
AQLS: Final = (
    *("0.010", "0.015", "0.025", "0.040", "0.065", "0.10", "0.15", "0.25", "0.40", "0.65"),
    *("1.0", "1.5", "2.5", "4.0", "6.5", "10", "15", "25", "40", "65"),
    *("100", "150", "250", "400", "650", "1000"),
)
LEVELS: Final = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")

# ISO table 1, MIL table I: the smallest lot of a range, then its code letter at each level.
CODE_LETTERS: Final = """
      2   A   A   A   A   A   A   B
      9   A   A   A   A   A   B   C
     16   A   A   B   B   B   C   D
     26   A   B   B   C   C   D   E
     51   B   B   C   C   C   E   F
     91   B   B   C   D   D   F   G
    151   B   C   D   E   E   G   H
    281   B   C   D   E   F   H   J
    501   C   C   E   F   G   J   K
   1201   C   D   E   G   H   K   L
   3201   C   D   F   G   J   L   M
  10001   C   D   F   H   K   M   N
  35001   D   E   G   J   L   N   P
 150001   D   E   G   J   M   P   Q
 500001   D   E   H   K   N   Q   R
"""

# The master tables: code letter, sample size n, then under each AQL the acceptance number Ac
# (Re = Ac + 1), an arrow to the next plan below or above, or a dot where nothing is printed.

# ISO table 2-A, MIL table II-A: normal inspection.
NORMAL: Final = """
A    2   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↓  ↓  1  2  3  5  7 10 14 21 30
B    3   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  1  2  3  5  7 10 14 21 30 44
C    5   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  1  2  3  5  7 10 14 21 30 44  ↑
D    8   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  1  2  3  5  7 10 14 21 30 44  ↑  ↑
E   13   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  1  2  3  5  7 10 14 21 30 44  ↑  ↑  ↑
F   20   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  1  2  3  5  7 10 14 21  ↑  ↑  ↑  ↑  ↑  ↑
G   32   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  1  2  3  5  7 10 14 21  ↑  ↑  ↑  ↑  ↑  ↑  ↑
H   50   ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  1  2  3  5  7 10 14 21  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
J   80   ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  1  2  3  5  7 10 14 21  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
K  125   ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  1  2  3  5  7 10 14 21  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
L  200   ↓  ↓  ↓  ↓  0  ↑  ↓  1  2  3  5  7 10 14 21  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
M  315   ↓  ↓  ↓  0  ↑  ↓  1  2  3  5  7 10 14 21  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
N  500   ↓  ↓  0  ↑  ↓  1  2  3  5  7 10 14 21  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
P  800   ↓  0  ↑  ↓  1  2  3  5  7 10 14 21  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
Q 1250   0  ↑  ↓  1  2  3  5  7 10 14 21  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
R 2000   ↑  ↑  1  2  3  5  7 10 14 21  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
"""

# ISO table 2-B, MIL table II-B: tightened inspection. Row S has one plan and no lot size leads to
# it: only the arrows of Q and R under 0.025 do. MIL prints an arrow instead of one cell.
TIGHTENED: Final = """
A    2   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↓  ↓  1  2  3  5  8 12 18 27
B    3   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↓  ↓  1  2  3  5  8 12 18 27 41
C    5   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↓  ↓  1  2  3  5  8 12 18 27 41  ↑
D    8   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↓  ↓  1  2  3  5  8 12 18 27 41  ↑  ↑
E   13   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↓  ↓  1  2  3  5  8 12 18 27 41  ↑  ↑  ↑
F   20   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↓  ↓  1  2  3  5  8 12 18  ↑  ↑  ↑  ↑  ↑  ↑
G   32   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↓  ↓  1  2  3  5  8 12 18  ↑  ↑  ↑  ↑  ↑  ↑  ↑
H   50   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↓  ↓  1  2  3  5  8 12 18  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
J   80   ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↓  ↓  1  2  3  5  8 12 18  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
K  125   ↓  ↓  ↓  ↓  ↓  ↓  0  ↓  ↓  1  2  3  5  8 12 18  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
L  200   ↓  ↓  ↓  ↓  ↓  0  ↓  ↓  1  2  3  5  8 12 18  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
M  315   ↓  ↓  ↓  ↓  0  ↓  ↓  1  2  3  5  8 12 18  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
N  500   ↓  ↓  ↓  0  ↓  ↓  1  2  3  5  8 12 18  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
P  800   ↓  ↓  0  ↓  ↓  1  2  3  5  8 12 18  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
Q 1250   ↓  0  ↓  ↓  1  2  3  5  8 12 18  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
R 2000   0  ↑  ↓  1  2  3  5  8 12 18  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
S 3150   .  .  1  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
"""
TIGHTENED_ROW_A_OF_MIL: Final = """
A    2   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  1  2  3  5  8 12 18 27
"""

# ISO table 2-C: reduced inspection.
REDUCED_OF_ISO: Final = """
A    2   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↓  ↓  1  2  3  5  7 10 14 21 30
B    2   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  ↓  1  2  3  5  7 10 14 21 30
C    2   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  ↓  1  2  3  5  6  8 10 14 21  ↑
D    3   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  ↓  1  2  3  5  6  8 10 14 21  ↑  ↑
E    5   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  ↓  1  2  3  5  6  8 10 14 21  ↑  ↑  ↑
F    8   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  ↓  1  2  3  5  6  8 10  ↑  ↑  ↑  ↑  ↑  ↑
G   13   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  ↓  1  2  3  5  6  8 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑
H   20   ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  ↓  1  2  3  5  6  8 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
J   32   ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  ↓  1  2  3  5  6  8 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
K   50   ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  ↓  1  2  3  5  6  8 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
L   80   ↓  ↓  ↓  ↓  0  ↑  ↓  ↓  1  2  3  5  6  8 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
M  125   ↓  ↓  ↓  0  ↑  ↓  ↓  1  2  3  5  6  8 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
N  200   ↓  ↓  0  ↑  ↓  ↓  1  2  3  5  6  8 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
P  315   ↓  0  ↑  ↓  ↓  1  2  3  5  6  8 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
Q  500   0  ↑  ↑  ↓  1  2  3  5  6  8 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
R  800   ↑  ↑  ↑  1  2  3  5  6  8 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
"""

# MIL table II-C: reduced inspection; Ac and, in a table of its own, Re. Between the two the lot is
# accepted and the next one inspected normally (note of the table).
REDUCED_OF_MIL: Final = """
A    2   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↓  ↓  1  2  3  5  7 10 14 21 30
B    2   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  0  1  2  3  5  7 10 14 21 30
C    2   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  0  1  1  2  3  5  7 10 14 21  ↑
D    3   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  0  1  1  2  3  5  7 10 14 21  ↑  ↑
E    5   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  0  1  1  2  3  5  7 10 14 21  ↑  ↑  ↑
F    8   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  0  1  1  2  3  5  7 10  ↑  ↑  ↑  ↑  ↑  ↑
G   13   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  0  1  1  2  3  5  7 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑
H   20   ↓  ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  0  1  1  2  3  5  7 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
J   32   ↓  ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  0  1  1  2  3  5  7 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
K   50   ↓  ↓  ↓  ↓  ↓  0  ↑  ↓  0  1  1  2  3  5  7 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
L   80   ↓  ↓  ↓  ↓  0  ↑  ↓  0  1  1  2  3  5  7 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
M  125   ↓  ↓  ↓  0  ↑  ↓  0  1  1  2  3  5  7 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
N  200   ↓  ↓  0  ↑  ↓  0  1  1  2  3  5  7 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
P  315   ↓  0  ↑  ↓  0  1  1  2  3  5  7 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
Q  500   0  ↑  ↓  0  1  1  2  3  5  7 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
R  800   ↑  ↑  0  1  1  2  3  5  7 10  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
"""
REJECTION_REDUCED_OF_MIL: Final = """
A    2   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  1  ↓  ↓  2  3  4  6  8 11 15 22 31
B    2   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  1  ↑  ↓  2  3  4  5  6  8 11 15 22 31
C    2   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  1  ↑  ↓  2  3  4  5  6  8 10 13 17 24  ↑
D    3   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  1  ↑  ↓  2  3  4  5  6  8 10 13 17 24  ↑  ↑
E    5   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  1  ↑  ↓  2  3  4  5  6  8 10 13 17 24  ↑  ↑  ↑
F    8   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  1  ↑  ↓  2  3  4  5  6  8 10 13  ↑  ↑  ↑  ↑  ↑  ↑
G   13   ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓  1  ↑  ↓  2  3  4  5  6  8 10 13  ↑  ↑  ↑  ↑  ↑  ↑  ↑
H   20   ↓  ↓  ↓  ↓  ↓  ↓  ↓  1  ↑  ↓  2  3  4  5  6  8 10 13  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
J   32   ↓  ↓  ↓  ↓  ↓  ↓  1  ↑  ↓  2  3  4  5  6  8 10 13  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
K   50   ↓  ↓  ↓  ↓  ↓  1  ↑  ↓  2  3  4  5  6  8 10 13  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
L   80   ↓  ↓  ↓  ↓  1  ↑  ↓  2  3  4  5  6  8 10 13  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
M  125   ↓  ↓  ↓  1  ↑  ↓  2  3  4  5  6  8 10 13  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
N  200   ↓  ↓  1  ↑  ↓  2  3  4  5  6  8 10 13  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
P  315   ↓  1  ↑  ↓  2  3  4  5  6  8 10 13  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
Q  500   1  ↑  ↓  2  3  4  5  6  8 10 13  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
R  800   ↑  ↑  2  3  4  5  6  8 10 13  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑  ↑
"""

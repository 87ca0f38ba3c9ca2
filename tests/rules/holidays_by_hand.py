"""England and Wales bank holidays 2018 to 2028 typed from the published lists: the oracle's own, not ours."""
from datetime import date

_TYPED = """
2018 1/1 30/3 2/4 7/5 28/5 27/8 25/12 26/12
2019 1/1 19/4 22/4 6/5 27/5 26/8 25/12 26/12
2020 1/1 10/4 13/4 8/5 25/5 31/8 25/12 28/12
2021 1/1 2/4 5/4 3/5 31/5 30/8 27/12 28/12
2022 3/1 15/4 18/4 2/5 2/6 3/6 29/8 19/9 26/12 27/12
2023 2/1 7/4 10/4 1/5 8/5 29/5 28/8 25/12 26/12
2024 1/1 29/3 1/4 6/5 27/5 26/8 25/12 26/12
2025 1/1 18/4 21/4 5/5 26/5 25/8 25/12 26/12
2026 1/1 3/4 6/4 4/5 25/5 31/8 25/12 28/12
2027 1/1 26/3 29/3 3/5 31/5 30/8 27/12 28/12
2028 3/1 14/4 17/4 1/5 29/5 28/8 25/12 26/12
"""

BY_HAND = frozenset(
    date(int(line.split()[0]), *map(int, reversed(day.split("/"))))
    for line in _TYPED.strip().splitlines() for day in line.split()[1:]
)

"""What the public table holds back: no count under 5, and none that could be computed from what it shows."""

import random
from itertools import product

import pytest

from reporting.table import LEAST_SHOWN, Counts, Line, build_table

Numbers = tuple[int | None, int | None, int | None, int | None]


def numbers(line: Line) -> Numbers:
    return (line.filed, line.online, line.resolved, line.in_time)


@pytest.mark.parametrize(
    ("rows", "lines", "total"),
    [
        # nothing is small
        ([(20, 8, 12, 6)], [(20, 8, 18, 12)], (20, 8, 18, 12)),
        # zero says nothing about anybody
        ([(20, 20, 9, 0)], [(20, 20, 9, 9)], (20, 20, 9, 9)),
        # a small remainder is as good as a small count: 3 on paper, 2 late
        ([(20, 17, 12, 2)], [(20, None, 14, None)], (20, None, 14, None)),
        # one hidden line would be the sum less the others: the next smallest goes too
        (
            [(3, 0, 0, 0), (30, 12, 10, 10), (40, 15, 20, 10)],
            [(None, None, 0, 0), (None, None, 20, 10), (40, 15, 30, 20)],
            (73, 27, 50, 30),
        ),
        # nobody else to hide behind: the sum goes
        ([(3, 0, 0, 0), (0, 0, 0, 0)], [(None, None, 0, 0), (0, 0, 0, 0)], (None, None, 0, 0)),
        ([], [], (0, 0, 0, 0)),
    ],
)
def test_cells(rows: list[tuple[int, ...]], lines: list[Numbers], total: Numbers) -> None:
    table = build_table([(str(place), Counts(*row)) for place, row in enumerate(rows)], "Cộng")

    assert [numbers(line) for line in table.lines] == lines
    assert numbers(table.total) == total
    assert table.holds_back == any(None in row for row in [*lines, total])


def test_no_small_count_can_be_computed_from_any_table() -> None:
    """Random tables: every hidden cell stays open to at least two values, whoever adds and subtracts."""
    chance = random.Random(7)
    for _ in range(2000):
        rows = [(str(n), random_counts(chance)) for n in range(chance.randint(1, 4))]
        table = build_table(rows, "Cộng")
        for name in ("filed", "resolved"):
            shown = [getattr(line, name) for line in (*table.lines, table.total)]
            assert not [value for value in shown if value is not None and 0 < value < LEAST_SHOWN]
            assert shown.count(None) != 1, rows
        for whole, part in (("filed", "online"), ("resolved", "in_time")):
            for line in (*table.lines, table.total):
                total, some = getattr(line, whole), getattr(line, part)
                assert some is None or total is not None
                if total is not None and some is not None:
                    assert not 0 < some < LEAST_SHOWN
                    assert not 0 < total - some < LEAST_SHOWN
            assert [getattr(line, part) for line in (*table.lines, table.total)].count(None) != 1, rows


def random_counts(chance: random.Random) -> Counts:
    small = (0, 1, 3, 5, 6, 9, 30)
    filed, in_time, late = (chance.choice(small) for _ in range(3))
    return Counts(filed, chance.randint(0, filed), in_time, late)


@pytest.mark.parametrize(("counts", "shares"), list(product([Counts(40, 10, 30, 10)], [(25.0, 75.0)])))
def test_shares_are_percent(counts: Counts, shares: tuple[float, float]) -> None:
    (line,) = build_table([("a", counts)], "Cộng").lines

    assert (line.online_share, line.in_time_share, line.late) == (*shares, 10)


def test_without_a_whole_there_is_no_share() -> None:
    (line,) = build_table([("a", Counts())], "Cộng").lines

    assert line.online_share is None
    assert line.in_time_share is None

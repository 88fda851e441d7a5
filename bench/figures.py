"""What a benchmark is and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bench.server import Server


@dataclass(frozen=True)
class Reading:
    """`n`: size of the data or number of repetitions behind `value`."""

    value: float
    n: int


Measure = Callable[[Server], Reading]


@dataclass(frozen=True)
class Figure:
    """One line of the table; `at_least` or `at_most` is the figure to reach."""

    id: str
    what: str
    unit: str
    measure: Measure = field(repr=False)
    at_least: float | None = None
    at_most: float | None = None

    def is_reached(self, value: float) -> bool:
        is_enough = self.at_least is None or value >= self.at_least
        return is_enough and (self.at_most is None or value <= self.at_most)

    def build_record(self, reading: Reading) -> dict[str, object]:
        """As docs promise it: id, what, value, unit, the bound that there is, n."""
        bounds = {"at_least": self.at_least, "at_most": self.at_most}
        stated = {name: bound for name, bound in bounds.items() if bound is not None}
        head = {"id": self.id, "what": self.what, "value": reading.value, "unit": self.unit}
        return {**head, **stated, "n": reading.n}


FIGURES: dict[str, Figure] = {}


def figure(
    id: str,  # noqa: A002  # the word of the JSON that we promise
    what: str,
    unit: str,
    *,
    at_least: float | None = None,
    at_most: float | None = None,
) -> Callable[[Measure], Measure]:
    """Register a function that measures one figure against the running server. Raises on an id used twice."""

    def register(measure: Measure) -> Measure:
        if id in FIGURES:
            raise ValueError(f"{id} is measured twice")
        FIGURES[id] = Figure(id, what, unit, measure, at_least, at_most)
        return measure

    return register

"""Which procedures hold a word, and how much it is worth in each: compact, shared between states of the index."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

# Up to so many times the numbers asked for, a posting is read whole: a search for each costs more.
_FEW = 4


class Posting:
    """Numbers of entries in rising order, and weights beside them. Never changed: copies are."""

    __slots__ = ("numbers", "weights")

    def __init__(self, numbers: Iterable[int] = (), weights: Iterable[float] = ()) -> None:
        self.numbers = array("I", numbers)
        self.weights = array("f", weights)

    def __len__(self) -> int:
        return len(self.numbers)

    def add_to(self, total: list[float], numbers: Sequence[int], factor: float) -> None:
        """Adds the weight in each of the entries, times the factor, to what stands beside it. The numbers rise."""
        held, weights, size, start = self.numbers, self.weights, len(self.numbers), 0
        if size < _FEW * len(numbers):
            get = dict(zip(held, weights)).get  # noqa: B905  a third of the time
            for place, number in enumerate(numbers):
                if weight := get(number):
                    total[place] += weight * factor
            return
        for place, number in enumerate(numbers):
            start = bisect_left(held, number, start)
            if start == size:
                return
            if held[start] == number:
                total[place] += weights[start] * factor

    def blend(self, others: Iterable[tuple[Posting, float]], factor: float) -> Posting:
        """Its weights times the factor, and what others add to the same numbers, each times its own factor."""
        total = [weight * factor for weight in self.weights]
        for posting, share in others:
            posting.add_to(total, self.numbers, share)
        return Posting(self.numbers, total)

    def add(self, number: int, weight: float) -> None:
        """Only while the index is built, in rising order."""
        self.numbers.append(number)
        self.weights.append(weight)

    def with_one(self, number: int, weight: float) -> Posting:
        copy = Posting(self.numbers, self.weights)
        copy.add(number, weight)
        return copy

    def without(self, number: int) -> Posting:
        place = bisect_left(self.numbers, number)
        copy = Posting(self.numbers, self.weights)
        if place < len(copy) and copy.numbers[place] == number:
            del copy.numbers[place]
            del copy.weights[place]
        return copy

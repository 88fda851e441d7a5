"""Parts of a guide that no answer leads to, found by trying all answers. Slow: for judging a draft, not for reading."""

from collections.abc import Iterator
from datetime import date

from procedures.content import Content
from procedures.guide.definition import Guide
from procedures.guide.paths import list_paths
from procedures.guide.walk import Walk

MOST_PATHS = 600


def list_unreached(content: Content, on: date) -> Iterator[str]:
    """Places like "guide.stops[2]" or "cases[1]". A guide with very many ways through it is not tried."""
    if content.guide is None:
        return
    walks = list_paths(content, on, to_the_end=False, most=MOST_PATHS + 1)
    if len(walks) > MOST_PATHS:
        return
    yield from (f"guide.{name}[{number}]" for name, number in _list_out_of_reach(content.guide, walks))
    reached = {walk.case for walk in walks}
    yield from (f"cases[{n}]" for n, case in enumerate(content.cases) if case.key not in reached)


def _list_out_of_reach(guide: Guide, walks: list[Walk]) -> Iterator[tuple[str, int]]:
    asked = {item.field.key for walk in walks for item in walk.taken}
    for n, question in enumerate(guide.questions):
        if question.field.key not in asked:
            yield "questions", n
    for n, stop in enumerate(guide.stops):
        if all(walk.stop is not stop for walk in walks):
            yield "stops", n
    ended = [walk for walk in walks if walk.stop is None]
    rules = [("cases", n, rule.condition) for n, rule in enumerate(guide.cases)]
    rules += [("papers", n, rule.condition) for n, rule in enumerate(guide.papers)]
    for name, n, condition in rules:
        if not any(walk.holds(condition) for walk in ended):
            yield name, n

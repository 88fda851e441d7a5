"""Addresses of a check: every answer stands in them, so Back, a bookmark and a message all work."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from procedures.formschema.definition import CASE
from procedures.guide.definition import AGENCY, CHANNEL, list_keys
from procedures.guide.walk import Taken, Walk

if TYPE_CHECKING:
    from procedures.models import Procedure

LONGEST_ANSWER = 64
Pairs = list[tuple[str, str]]


def check_href(procedure: "Procedure", pairs: Pairs, change: str = "") -> str:
    """The check with these answers; `change`: the question to ask again."""
    query = urlencode([*pairs, *([("change", change)] if change else [])])
    path = reverse("procedures:check", args=[procedure.code])
    return f"{path}?{query}" if query else path


def pairs_of(walk: Walk) -> Pairs:
    """The answers that count, in the order they were asked."""
    return [(item.field.key, item.raw) for item in walk.taken]


def list_hidden(walk: Walk, given: Mapping[str, str]) -> Pairs:
    """Answers a question page carries along: those before it, and those after it when one is changed."""
    here = {question.key for question in walk.current.fields} if walk.current else set()
    counts = {
        key for rule in walk.content.fees if rule.counted for key in (rule.counted.field, rule.counted.times)
    }
    exempting = {key for relief in walk.content.reliefs for key in list_keys(relief.condition)}
    known = {item.field.key for item in walk.guide.questions} | counts | exempting | {CASE, CHANNEL, AGENCY}
    return [
        (key, given[key])
        for key in given
        if key in known - here and 0 < len(given[key]) <= LONGEST_ANSWER and given[key].isprintable()
    ]


def find_back(walk: Walk) -> Taken | None:
    """The question before the one that is shown."""
    before = [item for item in walk.taken if walk.current is None or item.step != walk.current.key]
    return before[-1] if before else None

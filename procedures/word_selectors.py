"""Reads for those who keep the words: concepts, events of life, searches that found nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q, Sum, TextField
from django.db.models.functions import Cast, Lower
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.errors import NotFound
from procedures.editing_choices import ConceptKind
from procedures.models import EmptySearch, LifeEvent, Procedure, SearchConcept

PAGE_SIZE = 30
EMPTY_DAYS = 30
MOST_EMPTY = 200
_MOST_CLASHES = 10


@dataclass(frozen=True)
class Clash:
    """A phrase that another concept says too."""

    phrase: str
    concept: SearchConcept


@dataclass(frozen=True)
class EmptyWords:
    words: str
    total: int


def list_concepts(
    *, words: str = "", kind: str = "", origin: str = "", after: str = ""
) -> tuple[Sequence[SearchConcept], str]:
    """One page by key, and the key the next page starts after ("" at the end). One query.

    `words` stand in what is said, meant or in the codes. `origin`: "shipped", "edited" or "off".
    """
    rows = SearchConcept.objects.order_by("key").filter(key__gt=after)
    if kind:
        rows = rows.filter(kind=kind)
    if origin == "off":
        rows = rows.filter(is_active=False)
    elif origin:
        rows = rows.filter(is_shipped=origin == "shipped")
    if wanted := words.strip():
        rows = rows.alias(
            said=Lower(Cast("says", TextField())),
            meant=Lower(Cast("means", TextField())),
        ).filter(
            Q(said__contains=wanted.lower()) | Q(meant__contains=wanted.lower()) | Q(codes__contains=[wanted])
        )
    page = list(rows[: PAGE_SIZE + 1])
    return page[:PAGE_SIZE], page[PAGE_SIZE - 1].key if len(page) > PAGE_SIZE else ""


def access_concept(key: str) -> SearchConcept:
    """Raises NotFound."""
    concept = SearchConcept.objects.select_related("changed_by").filter(key=key).first()
    if concept is None:
        raise NotFound(message=_("Không có nhóm từ này."))
    return concept


def list_clashes(
    says: Iterable[str], *, key: str, meaning: tuple[Sequence[str], Sequence[str]]
) -> list[Clash]:
    """Phrases that other concepts in use say with another meaning (`means`, `codes`). One query."""
    wanted = {phrase.lower() for phrase in says}
    others = SearchConcept.objects.filter(is_active=True, says__overlap=[*wanted, *says])
    others = others.exclude(key=key).exclude(kind=ConceptKind.QUESTION)
    means, codes = meaning
    return [
        Clash(phrase, other)
        for other in others.order_by("key")
        if (sorted(other.means), sorted(other.codes)) != (sorted(means), sorted(codes))
        for phrase in other.says
        if phrase.lower() in wanted
    ][:_MOST_CLASHES]


def list_unknown_codes(codes: Iterable[str]) -> list[str]:
    """Those that no procedure here bears, in order. One query, none without codes."""
    wanted = list(codes)
    known = set(Procedure.objects.filter(code__in=wanted).values_list("code", flat=True)) if wanted else set()
    return [code for code in wanted if code not in known]


def list_procedure_names(codes: Iterable[str]) -> dict[str, str]:
    """Code -> name of those that exist. One query."""
    return dict(Procedure.objects.filter(code__in=list(codes)).values_list("code", "name"))


def list_life_events() -> Sequence[LifeEvent]:
    """All of them in their order. One query."""
    return list(LifeEvent.objects.select_related("changed_by").order_by("position", "key"))


def access_life_event(key: str) -> LifeEvent:
    """Raises NotFound."""
    event = LifeEvent.objects.select_related("changed_by").filter(key=key).first()
    if event is None:
        raise NotFound(message=_("Không có việc này."))
    return event


def list_empty_searches(*, words: str = "", days: int = EMPTY_DAYS) -> list[EmptyWords]:
    """Words that found nothing in the last days, the most frequent first. One query."""
    since = clock.today() - timedelta(days=days - 1)
    rows = EmptySearch.objects.filter(day__gte=since)
    if wanted := words.strip():
        rows = rows.filter(words__icontains=wanted)
    counted = rows.values("words").annotate(total=Sum("count")).order_by(F("total").desc(), "words")
    return [EmptyWords(row["words"], row["total"]) for row in counted[:MOST_EMPTY]]

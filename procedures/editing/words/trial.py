"""Words tried out before they are kept: what a search finds with them, and without."""

from dataclasses import dataclass

from procedures.finding import Entry
from procedures.finding.answers import answer
from procedures.finding.grouping import join_variants
from procedures.finding.holding import get_index
from procedures.finding.index import Index
from procedures.finding.knowledge import Concept, build_knowledge
from procedures.knowledge.rules import Wording
from procedures.revision import catalogue_token

SHOWN = 5
LONGEST_QUERY = 200


@dataclass(frozen=True)
class Trial:
    """Best procedures for `query`; `fires`: whether the words stand in it at all."""

    query: str
    with_words: tuple[Entry, ...]
    without_words: tuple[Entry, ...]
    fires: bool

    @property
    def is_same(self) -> bool:
        return [entry.code for entry in self.with_words] == [entry.code for entry in self.without_words]


def try_words(query: str, wording: Wording, *, key: str) -> Trial | None:
    """Without a query there is nothing to try. One query of the database."""
    query = query.strip()[:LONGEST_QUERY]
    if not query:
        return None
    index = get_index(catalogue_token())
    others = [concept for concept in index.knowledge.list_all() if concept.key != key]
    tried = Concept(key or "new", wording.kind, wording.says, wording.means, wording.codes, wording.unless)
    with_it = index.with_knowledge(build_knowledge([*others, tried]))
    without_it = index.with_knowledge(build_knowledge(others))
    fires = any(match.phrase.concept.key == tried.key for match in answer(with_it, query).query.matches)
    return Trial(query, _find(with_it, query), _find(without_it, query), fires)


def _find(index: Index, query: str) -> tuple[Entry, ...]:
    best = [entry for entry in answer(index, query).list_best(SHOWN * 3) if not entry.is_closed]
    return tuple(join_variants(best, [index.key_of(entry) for entry in best])[:SHOWN])

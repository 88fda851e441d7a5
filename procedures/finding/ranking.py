"""How well a procedure answers a query: rare words, words side by side, whole names, marks, people's phrases."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from procedures.finding.index import Index, Meaning
from procedures.finding.knowledge import Concept
from procedures.finding.phrases import Match
from procedures.finding.postings import Posting
from procedures.finding.queries import Query, Spelling, Term, read_query
from procedures.finding.texts import CASE, NAME

_LOOKED_AT = 40
# The rarest words, up to this share of what is asked, choose; the common ones then only weigh the chosen.
_CHOOSING = 0.5
_COMMON = 300
# So many words in the order of a name are no accident.
_LONG = 5
# Answers far below the best one are noise.
NOISE = 0.18
_WHOLE, _BESIDE_NOISE = 0.85, 0.001
_PAIR, _MOST_BESIDE = 0.9, 3
_EXACT = 1.6
# What a phrase of the knowledge brings: its words, and above them the procedures it names.
_CODES = 1.35
_LEAST_OF_PHRASE, _MOST_OF_PHRASE = 6.0, 18.0
_LEAST_ALTERNATIVE, _ORDER = 0.8, 0.03
_SAID = 0.7
_KEPT_OF_PHRASE = 100
_LEAST_LIKE = 0.3
_LOOKED_AT_FOR_PHRASE = 30
# How alike a word is whose marks are others than those typed; dấu hỏi and dấu ngã sound alike in half the country.
_TONE_TWINS = frozenset({("3", "4"), ("4", "3")})
_TWIN_TONE, _OTHER_MARKS, _UNTYPED = 0.85, 0.4, 0.85
_ASKING = 0.2


@dataclass(slots=True)
class Unit:
    """One thing asked for: a word by `parts`, or what a phrase of life means by `gains`, times `scale`.

    `mass`: what it counts for coverage; `full`: the gain that covers it; `bares`: how names may spell it;
    `instead_of`: the words themselves that a phrase consumed. Asked for the gains of one list of entries only.
    """

    mass: float
    full: float
    bares: frozenset[str]
    parts: Sequence[tuple[Posting, float]] = ()
    gains: Mapping[int, float] = field(default_factory=dict)
    scale: float = 1.0
    instead_of: Sequence[Unit] = ()
    size: int = 0
    known: list[float] | None = None

    def __post_init__(self) -> None:
        self.size = len(self.gains) + sum(len(posting.numbers) for posting, _factor in self.parts)

    def list_gains(self, numbers: Sequence[int]) -> list[float]:
        """What each of these entries gains, 0 for none. The numbers rise."""
        if self.known is not None:
            return self.known
        get, scale = self.gains.get, self.scale
        self.known = total = (
            [get(number, 0.0) * scale for number in numbers] if self.gains else [0.0] * len(numbers)
        )
        for posting, factor in self.parts:
            posting.add_to(total, numbers, factor)
        return total

    def list_shares(self, numbers: Sequence[int]) -> list[float]:
        """How much of it each of these entries covers, from 0 to 1; the words themselves count too, but less."""
        shares = [min(1.0, gain / self.full) for gain in self.list_gains(numbers)]
        if not self.instead_of:
            return shares
        said = [unit.list_shares(numbers) for unit in self.instead_of]
        worth = _SAID / len(said)
        return [max(share, worth * sum(words)) for share, words in zip(shares, zip(*said))]  # noqa: B905


def rank(index: Index, query: Query, *, looked_at: int = _LOOKED_AT) -> dict[int, float]:
    """Number of the entry -> score; entries that nothing touches are absent."""
    words = _word_units(index, query)
    units = [*(_concept_unit(index, query, match, words) for match in query.matches), *words.values()]
    if _is_all_guessed(query, units):
        return {}
    scores, waiting = _choose([*units, *_pair_units(index, query)])
    if not scores:
        return {}
    best, last = _list_best(scores, looked_at)
    for unit in waiting:
        for number, gain in zip(best, unit.list_gains(best)):  # noqa: B905
            scores[number] += gain
    return _look_closer(index, query, units, scores, best, last)


def _list_best(scores: Mapping[int, float], most: int) -> tuple[list[int], float]:
    """The numbers of the highest scores in rising order, and the lowest of these scores."""
    highest = heapq.nlargest(most, scores.values())
    last = highest[-1]
    best = [number for number, score in scores.items() if score >= last]
    if len(best) > len(highest):  # some are equal to the last
        best = heapq.nlargest(most, best, key=scores.__getitem__)
    return sorted(best), last


def _is_all_guessed(query: Query, units: Sequence[Unit]) -> bool:
    """No word is known, and some not even nearly: "thả diều" is no "thẻ căn cước"."""
    asked = [term for term in query.terms if term.worth >= _ASKING]
    return bool(asked) and all(term.is_guess for term in asked) and any(not unit.size for unit in units)


def _choose(units: Iterable[Unit]) -> tuple[dict[int, float], list[Unit]]:
    """Sums over the rarest units, and the common ones that were left."""
    ordered = sorted((unit for unit in units if unit.size), key=lambda unit: unit.size)
    asked = sum(unit.mass for unit in ordered if not unit.gains) * _CHOOSING
    scores: dict[int, float] = {}
    get = scores.get
    done = 0.0
    waiting = []
    for unit in ordered:
        if scores and (done >= asked or not unit.mass) and unit.size > _COMMON:
            waiting.append(unit)
            continue
        done += 0.0 if unit.gains else unit.mass
        scale = unit.scale
        for number, gain in unit.gains.items():
            scores[number] = get(number, 0.0) + gain * scale
        for posting, factor in unit.parts:
            if not scores:
                scores.update(zip(posting.numbers, [weight * factor for weight in posting.weights]))  # noqa: B905
                continue
            for number, weight in zip(posting.numbers, posting.weights):  # noqa: B905  # a third of the time
                scores[number] = get(number, 0.0) + weight * factor
    return scores, waiting


def _word_units(index: Index, query: Query) -> dict[tuple[Spelling, ...], Unit]:
    """Each word once, by its readings."""
    units: dict[tuple[Spelling, ...], Unit] = {}
    for place, term in enumerate(query.terms):
        is_beside = place in query.taken or term.worth < _ASKING
        if term.spellings in units and (is_beside or units[term.spellings].mass):
            continue
        parts, holders = _term_parts(index, term, query)
        if parts:
            rarity = index.rarity(holders)
            factor = rarity * term.worth
            bares = frozenset(spelling.bare for spelling in term.spellings)
            parts = [(posting, likeness * factor) for posting, likeness in parts]
            units[term.spellings] = Unit(0.0 if is_beside else factor, factor * CASE, bares, parts)
        elif not is_beside:
            units[term.spellings] = Unit(index.rarity(0) * 0.7 * term.worth, 1.0, frozenset())
    return units


def _term_parts(index: Index, term: Term, query: Query) -> tuple[list[tuple[Posting, float]], int]:
    """Postings with how alike they are, and how many entries hold the word.

    What is written as typed comes on top of what is written the same without marks.
    """
    parts: list[tuple[Posting, float]] = []
    holders = 0
    for spelling in term.spellings:
        every = index.bares.get(spelling.bare)
        if every is None:
            continue
        exact = index.words.get(spelling.marked) if spelling.marked else None
        if exact is None:
            likeness = _UNTYPED if query.has_marks else 1.0
            parts.append((every, spelling.likeness * likeness))
            holders += len(every)
            continue
        holders += len(exact)
        if len(exact) == len(every):
            parts.append((every, spelling.likeness))
            continue
        parts.append((_blend(index, spelling.marked, every, exact), spelling.likeness))
    return parts, min(holders, index.size)


def _blend(index: Index, marked: str, every: Posting, exact: Posting) -> Posting:
    """A word with marks: what is written so counts whole, what is written with others less."""
    blend = index.blends.get(marked)
    if blend is None:
        twin = index.words.get(_twin_of(marked))
        others = [
            (exact, 1 - _OTHER_MARKS),
            *([(twin, _TWIN_TONE - _OTHER_MARKS)] if twin is not None else ()),
        ]
        blend = index.blends[marked] = every.blend(others, _OTHER_MARKS)
    return blend


def _twin_of(marked: str) -> str:
    return marked[:-1] + {"3": "4", "4": "3"}.get(marked[-1:], "-")


def _pair_units(index: Index, query: Query) -> list[Unit]:
    units = []
    for first, second in pairwise(query.terms):
        worth = min(1.0, (first.worth + second.worth) / 2) * _PAIR
        for spelling in second.spellings[:_MOST_BESIDE]:
            posting = index.pairs.get(f"{first.bare} {spelling.bare}")
            if posting is not None and len(posting):
                factor = index.rarity(len(posting)) * worth * spelling.likeness
                units.append(Unit(0.0, 1.0, frozenset(), [(posting, factor)]))
    return units


def _concept_unit(
    index: Index, query: Query, match: Match, words: Mapping[tuple[Spelling, ...], Unit]
) -> Unit:
    """As if the words of the phrase stood in the names of what it means."""
    gains, bares = learn_meaning(index, match.phrase.concept)
    terms = query.terms[match.start : match.start + match.length]
    mass = sum(index.rarity(len(index.bares.get(term.bare, ()))) for term in terms)
    mass = min(_MOST_OF_PHRASE, max(_LEAST_OF_PHRASE, mass))
    said = [words[term.spellings] for term in terms if term.spellings in words]
    return Unit(mass, mass * CASE, bares, gains=gains, scale=mass * NAME, instead_of=said)


def learn_meaning(index: Index, concept: Concept) -> Meaning:
    """What a concept means in this state of the catalogue: searched once, then known."""
    meaning = index.meanings.get(concept.key)
    if meaning is None:
        meaning = index.meanings[concept.key] = _read_meaning(index, concept)
    return meaning


def _read_meaning(index: Index, concept: Concept) -> Meaning:
    """Number of the entry -> 1 for the best answer to an official phrase, more for a procedure named outright."""
    gains: dict[int, float] = {}
    bares: set[str] = set()
    for place, phrase in enumerate(concept.means):
        query = read_query(phrase, index.language, literal=True)
        bares.update(term.bare for term in query.terms)
        worth = max(_LEAST_ALTERNATIVE, 1 - _ORDER * place)
        for number, gain in _phrase_gains(index, query).items():
            gains[number] = max(gains.get(number, 0.0), gain * worth)
    for place, code in enumerate(concept.codes):
        if code in index.numbers:
            gains[index.numbers[code]] = _CODES * max(_LEAST_ALTERNATIVE, 1 - _ORDER * place)
    return gains, frozenset(bares)


def _phrase_gains(index: Index, query: Query) -> dict[int, float]:
    """What an official phrase is worth to the entries that answer it well, 1 to the best."""
    scores = rank(index, query, looked_at=_LOOKED_AT_FOR_PHRASE)
    best = heapq.nlargest(_KEPT_OF_PHRASE, scores.items(), key=lambda item: item[1])
    if not best:
        return {}
    highest = best[0][1]
    return {number: score / highest for number, score in best if score >= highest * _LEAST_LIKE}


def _look_closer(
    index: Index,
    query: Query,
    units: Sequence[Unit],
    scores: Mapping[int, float],
    best: Sequence[int],
    last: float,
) -> dict[int, float]:
    """The best ones again: how much of the query they cover, how much of their name the query covers.

    `last`: the score of the last of them when they were chosen.
    """
    weighing = [unit for unit in units if unit.mass]
    wanted = sum(unit.mass for unit in weighing) or 1.0
    said = frozenset(bare for unit in units for bare in unit.bares)
    core = _core_of(query)
    exact = frozenset(index.cores.get(core, ()))
    covered = [0.0] * len(best)
    for unit in weighing:
        covered = [sum_ + unit.mass * share for sum_, share in zip(covered, unit.list_shares(best))]  # noqa: B905
    looked: dict[int, float] = {}
    whole: list[int] = []
    for number, share in zip(best, covered):  # noqa: B905
        closeness = 0.0
        for name in index.names[number]:
            is_begun = len(core) >= _LONG and name[: len(core)] == core
            closeness = max(closeness, 1.0 if is_begun else len(said.intersection(name)) / len(name))
        score = scores[number] * (0.15 + 0.85 * share / wanted) * (0.7 + 0.5 * closeness)
        looked[number] = score * index.priors[number] * (_EXACT if number in exact else 1.0)
        if share > wanted * _WHOLE:
            whole.append(number)
    least = max(looked.values()) * NOISE
    for number in whole:  # what holds all that is asked is no noise, however far behind
        looked[number] = max(looked[number], least + looked[number] * _BESIDE_NOISE)
    return _add_tail(looked, scores, last)


def _core_of(query: Query) -> tuple[str, ...]:
    core = tuple(term.bare for term in query.terms)
    return core[2:] if core[:2] == ("thu", "tuc") else core


def _add_tail(looked: dict[int, float], scores: Mapping[int, float], highest: float) -> dict[int, float]:
    """Those not looked at come after, in the order they had, as far as they are no noise."""
    floor = min(looked.values()) * 0.99
    least = max(looked.values()) * NOISE
    if floor <= least:
        return looked
    enough = highest * least / floor
    for number, score in scores.items():
        if score >= enough and number not in looked:
            looked[number] = floor * min(1.0, score / highest)
    return looked

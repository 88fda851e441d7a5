"""What somebody typed, read: words mended, short forms spelt out, phrases of life recognised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from portal.core.telex import fix_telex
from procedures.finding.phrases import Match, PhraseBook
from procedures.finding.spelling import SLIP, SOUND, Vocabulary, list_sounds, read_vni
from procedures.finding.syllables import Syllable, read_bare, read_syllable, read_syllables, split_words
from procedures.finding.words import ABBREVIATIONS, DOUBTFUL, FILLERS, MARKED_FILLERS

MOST_WORDS = 40
_OWN_SPELLING = 0.8
# Words that a word not yet finished may become.
_BEGUN, _MOST_BEGUN, _MOST_ENDINGS = 0.7, 400, 12
# A known word is taken for another only where that one often stands beside its neighbours.
_SEEN_OFTEN = 4


@dataclass(frozen=True, slots=True)
class Spelling:
    """One reading of a typed word; `marked` is "" where its marks say nothing."""

    bare: str
    marked: str
    likeness: float = 1.0


@dataclass(slots=True)
class Term:
    """One typed word: how it may be read, how much it says, and whether only its letters speak for the reading."""

    spellings: tuple[Spelling, ...]
    worth: float = 1.0
    is_guess: bool = False

    @property
    def bare(self) -> str:
        return self.spellings[0].bare


@dataclass(slots=True)
class Query:
    """`terms` in order; `matches`: phrases of the knowledge; `taken`: places they consume."""

    text: str
    terms: list[Term] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    taken: frozenset[int] = frozenset()
    has_marks: bool = False
    is_mended: bool = False


@dataclass(frozen=True)
class Language:
    """What the reader knows: words, phrases, which words stand side by side and how often."""

    vocabulary: Vocabulary
    book: PhraseBook
    marked: Callable[[str], bool]
    count_pair: Callable[[str], int]
    count_official: Callable[[str], int]
    is_name: Callable[[tuple[str, ...]], bool]


def read_query(text: str, language: Language, *, literal: bool = False, is_typing: bool = False) -> Query:
    """`literal`: no phrases of the knowledge; `is_typing`: the last word may not be finished."""
    words = split_words(text)[:MOST_WORDS]
    syllables = [syllable for word in words for syllable in _read_word(word, language)]
    syllables = _join_broken(syllables, language)
    query = Query(text, has_marks=any(syllable.has_marks for syllable in syllables))
    query.terms = _mend(syllables, language, query, is_typing=is_typing)
    if not literal:
        query.matches = _find_phrases(_best_reading(syllables, query.terms), language)
        query.taken = frozenset(
            place for match in query.matches for place in range(match.start, match.start + match.length)
        )
    _weigh(query, syllables, language)
    return query


def _find_phrases(reading: Sequence[Syllable], language: Language) -> list[Match]:
    """Phrases of the knowledge, unless the whole is an official name; a lone word not inside an official pair."""
    bares = tuple(syllable.bare for syllable in reading)
    matches = language.book.find(reading)
    if language.is_name(bares):
        return [match for match in matches if match.length == len(bares)]
    return [match for match in matches if match.length > 1 or not _is_half(match.start, bares, language)]


def _is_half(place: int, bares: Sequence[str], language: Language) -> bool:
    """Whether the word belongs to a neighbour: "tin" of "thông tin" is no TIN."""
    pairs = (bares[place - 1 : place + 1] if place else (), bares[place : place + 2])
    return any(len(pair) > 1 and language.count_official(" ".join(pair)) >= _SEEN_OFTEN for pair in pairs)


def _read_word(word: str, language: Language) -> list[Syllable]:
    syllable = read_syllable(word)
    bare = syllable.bare
    if expanded := ABBREVIATIONS.get(bare):
        return read_syllables(expanded)
    if bare in language.vocabulary:
        # A spelling nobody writes ("đôc") says less than none.
        is_known = not syllable.has_marks or language.marked(syllable.marked)
        return [syllable if is_known else Syllable(bare, bare)]
    fixed = read_syllable(fix_telex(word))
    if fixed.bare in language.vocabulary:
        return [fixed]
    vni = read_vni(word)
    if vni in language.vocabulary:
        return [Syllable(vni, vni)]
    parts = language.vocabulary.split(bare, lambda pair: language.count_pair(pair) > 0)
    return [Syllable(part, part) for part in parts] or [syllable]


def _join_broken(syllables: list[Syllable], language: Language) -> list[Syllable]:
    """ "kh ai sinh" -> khai sinh."""
    joined: list[Syllable] = []
    for syllable in syllables:
        if joined:
            before = joined[-1].bare
            whole = before + syllable.bare
            is_broken = before not in language.vocabulary or syllable.bare not in language.vocabulary
            if is_broken and whole in language.vocabulary and not whole.isdigit():
                joined[-1] = Syllable(whole, whole)
                continue
        joined.append(syllable)
    return joined


def _mend(syllables: Sequence[Syllable], language: Language, query: Query, *, is_typing: bool) -> list[Term]:
    terms: list[Term] = []
    for place, syllable in enumerate(syllables):
        before = terms[-1].bare if terms else ""
        after = syllables[place + 1].bare if place + 1 < len(syllables) else ""
        beside = _Beside(before, after, language.count_pair)
        if is_typing and place + 1 == len(syllables):
            term = _finish(syllable, beside, language)
        else:
            term = _spell(syllable, beside, language, query.has_marks)
        query.is_mended |= term.bare != syllable.bare
        terms.append(term)
    return terms


@dataclass(frozen=True, slots=True)
class _Beside:
    """The words before and after a word, and how often others stand between them."""

    before: str
    after: str
    count_pair: Callable[[str], int]

    def count(self, bare: str) -> int:
        left = self.count_pair(f"{self.before} {bare}") if self.before else 0
        right = self.count_pair(f"{bare} {self.after}") if self.after else 0
        return left + right


def _finish(syllable: Syllable, beside: _Beside, language: Language) -> Term:
    """The last word while somebody types: as it stands, or the beginning of others."""
    own = Spelling(syllable.bare, syllable.marked if syllable.has_marks else "")
    begun = language.vocabulary.list_beginning(syllable.bare, _MOST_BEGUN)
    begun.sort(key=lambda word: -beside.count(word))
    longer = [Spelling(word, "", _BEGUN) for word in begun if word != syllable.bare][:_MOST_ENDINGS]
    return Term((own, *longer) if syllable.bare in language.vocabulary else tuple(longer) or (own,))


def _spell(syllable: Syllable, beside: _Beside, language: Language, has_marks: bool) -> Term:
    own = Spelling(syllable.bare, syllable.marked if syllable.has_marks else "")
    bare = syllable.bare
    is_known = bare in language.vocabulary
    if is_known and (not (beside.before or beside.after) or beside.count(bare) or bare in FILLERS):
        return Term((own,))
    if is_known and has_marks and language.marked(syllable.marked):
        near = _list_sounding(syllable, language)
    else:
        near = [
            Spelling(word, "", likeness) for word, likeness in language.vocabulary.list_near(bare).items()
        ]
    found = [(spelling, beside.count(spelling.bare)) for spelling in near]
    fitting = [each for each in found if each[1] >= (_SEEN_OFTEN if is_known else 1)] or [
        each for each in found if not is_known and each[0].likeness >= SLIP
    ]
    fitting.sort(key=lambda each: (-each[0].likeness * (1 + min(each[1], 50) / 50), each[0].bare))
    mended = tuple(spelling for spelling, _count in fitting[:4])
    if mended and is_known:
        return Term((mended[0], Spelling(own.bare, own.marked, _OWN_SPELLING)))
    return Term(mended or (own,), is_guess=not any(count for _spelling, count in fitting))


def _list_sounding(syllable: Syllable, language: Language) -> list[Spelling]:
    """Other spellings of the same sound and tone: tạm "chú" is tạm trú, but "vào" is no "giao"."""
    marked = syllable.marked
    letters, tone = (marked[:-1], marked[-1]) if marked[-1].isdigit() else (marked, "")
    return [
        Spelling(read_bare(spelt), spelt + tone, SOUND)
        for spelt in list_sounds(letters)
        if language.marked(spelt + tone)
    ]


def _best_reading(syllables: Sequence[Syllable], terms: Sequence[Term]) -> list[Syllable]:
    return [
        syllable if term.bare == syllable.bare else Syllable(term.bare, term.bare)
        for syllable, term in zip(syllables, terms, strict=True)
    ]


def _weigh(query: Query, syllables: Sequence[Syllable], language: Language) -> None:
    """Words of asking say little, unless there are no others; consumed ones almost nothing."""
    asking = [_asks(place, syllables, query.has_marks, language) for place in range(len(syllables))]
    is_only_asking = all(asking)
    for place, term in enumerate(query.terms):
        if place in query.taken:
            term.worth = 0.25
        elif not is_only_asking and asking[place]:
            term.worth = asking[place]


def _asks(place: int, syllables: Sequence[Syllable], has_marks: bool, language: Language) -> float:
    """0 for a word of the matter, else how little it says. Without marks "the" may be the thẻ, thế of a name."""
    syllable = syllables[place]
    bare = syllable.bare
    if bare not in FILLERS or (syllable.has_marks and syllable.marked not in MARKED_FILLERS):
        return 0.0
    if has_marks or bare not in DOUBTFUL:
        return 0.1
    before = syllables[place - 1].bare if place else ""
    after = syllables[place + 1].bare if place + 1 < len(syllables) else ""
    is_beside = any(
        other and other not in FILLERS and language.count_pair(pair)
        for other, pair in ((before, f"{before} {bare}"), (after, f"{bare} {after}"))
    )
    return 0.8 if is_beside else 0.3

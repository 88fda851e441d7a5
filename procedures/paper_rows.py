"""Papers as rows of the page: of one case, of every case, and case by case where there are many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from procedures.choices import RequirementMode
from procedures.content import Content
from procedures.facts import count_papers
from procedures.parts import Case, Requirement

MOST_OPEN_CASES = 7
MOST_OPEN_PAPERS = 12
LONG_TEXT = 160


@dataclass(frozen=True)
class Paper:
    """A row for components/papers.html; `picture` names drawings of a good and a bad copy."""

    name: str
    text: str = ""
    state: str = ""
    kind: str = ""
    picture: str = ""

    @property
    def is_long(self) -> bool:
        return len(self.text) > LONG_TEXT


@dataclass(frozen=True)
class PaperGroup:
    """Rows under a line that opens them; without a title they lie open."""

    papers: tuple[Paper, ...]
    title: str = ""
    href: str = ""

    @property
    def has_pictures(self) -> bool:
        return any(paper.picture for paper in self.papers)


def group_papers(content: Content, case: str | None) -> tuple[PaperGroup, ...]:
    """What everybody brings first; with very many the others wait behind a line each."""
    items = sorted(content.requirements_for(case), key=_need)
    if len(items) <= MOST_OPEN_PAPERS:
        return (PaperGroup(_rows(items, content)),)
    titles = {0: "", 1: _("Giấy tờ chỉ nộp khi cần"), 2: _("Giấy tờ cơ quan tự tra cứu")}
    groups = [(title, [item for item in items if _need(item) == need]) for need, title in titles.items()]
    return tuple(
        PaperGroup(_rows(found, content), f"{title} ({len(found)})" if title else "")
        for title, found in groups
        if found
    )


def list_case_papers(content: Content) -> tuple[PaperGroup, ...]:
    """Each case with the papers it alone asks for."""
    return tuple(_of_case(content, case) for case in content.cases)


def _of_case(content: Content, case: Case) -> PaperGroup:
    own = [item for item in content.requirements if case.key in item.cases]
    rows = _rows(sorted(own, key=_need), content)
    return PaperGroup(rows, str(case.label), f"?{urlencode({'case': case.key})}#papers")


def _rows(items: Iterable[Requirement], content: Content) -> tuple[Paper, ...]:
    return tuple(_row(item, content) for item in items)


def _need(item: Requirement) -> int:
    """What everybody brings comes first, what the office looks up last."""
    return 2 if item.is_looked_up else int(not item.required)


def _row(item: Requirement, content: Content) -> Paper:
    state, kind = _state(item, content)
    text = " ".join(part for part in (str(item.hint), _tell_database(item)) if part)
    is_copied = item.is_submitted and not (item.filled_online and content.takes_online)
    return Paper(str(item.name), text, state, kind, item.picture if is_copied else "")


def _tell_database(item: Requirement) -> str:
    """Resolution 66.7/2025: what a national database holds need not be brought."""
    if not item.database:
        return ""
    if item.is_presented:
        words = _("Cơ quan tra cứu được trong %(database)s thì không cần cho xem.")
    else:
        words = _("Đã có trong %(database)s thì bạn không phải nộp.")
    return words % {"database": item.database}


def _state(item: Requirement, content: Content) -> tuple[str, str]:
    if item.filled_online and content.takes_online:
        return _("Điền trên mạng"), "done"
    if item.mode == RequirementMode.LOOKUP:
        return _("Cơ quan tự tra cứu"), "info"
    if item.mode == RequirementMode.PRESENT:
        return _("Chỉ cho xem"), "info"
    amount = count_papers(item.originals, item.copies) or _("không nộp bản giấy")
    return (amount, "") if item.required else (_("Khi cần: %(amount)s") % {"amount": amount}, "")

"""What the page of a procedure shows: facts, papers of the chosen case, the one button its level allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from portal.core.templatetags.formats import vn_day
from procedures.choices import Channel, FeeKind, ServiceLevel
from procedures.content import Content
from procedures.facts import Fact, build_facts, list_unknown, shorten
from procedures.fees import FeeRule, describe_rule
from procedures.finding.grouping import is_here
from procedures.models import Procedure
from procedures.paper_rows import MOST_OPEN_CASES, PaperGroup, group_papers, list_case_papers
from procedures.parts import Case, TimeLimit
from procedures.reliefs import describe_days, describe_size
from procedures.texts import Text

if TYPE_CHECKING:
    from portal.accounts.models import Agency

PLACES_ANCHOR = "#places"
LONG_NAME, LONGEST_HEADING, LONGEST_WAY = 45, 150, 220


@dataclass(frozen=True)
class Action:
    """The page's one red button."""

    label: str
    href: str
    icon: str = "next"


@dataclass(frozen=True)
class FeeRow:
    kind: str
    label: str
    amount: str
    when: str
    basis: str


@dataclass(frozen=True)
class ReliefRow:
    """Who or what is let off, by how much, for which charges, until when, and what proves it."""

    size: str
    label: Text
    when: str
    of: str
    basis: Text
    paper: Text | None


@dataclass(frozen=True)
class LimitRow:
    when: str
    limit: str


@dataclass(frozen=True)
class ProcedurePage:
    procedure: Procedure
    content: Content
    case: Case | None
    facts: tuple[Fact, ...]
    papers: tuple[PaperGroup, ...]
    case_papers: tuple[PaperGroup, ...]
    limit_rows: tuple[LimitRow, ...]
    fee_rows: tuple[FeeRow, ...]
    relief_rows: tuple[ReliefRow, ...]
    action: Action | None
    check_href: str
    print_href: str
    blank_href: str
    sample_href: str
    prepare_href: str
    places: Sequence[Agency]

    @property
    def level(self) -> ServiceLevel:
        return self.content.level

    @property
    def has_many_cases(self) -> bool:
        return len(self.content.cases) > MOST_OPEN_CASES

    @property
    def has_pictures(self) -> bool:
        return any(group.has_pictures for group in self.papers)

    @property
    def unknown(self) -> tuple[str, ...]:
        return list_unknown(self.content)

    @property
    def is_long_name(self) -> bool:
        return len(str(self.content.name)) > LONG_NAME

    @property
    def other_ways(self) -> tuple[str, ...]:
        """How to file without this portal, each sentence once and not at full length."""
        takes_online = self.content.takes_online
        ways = (way for way in self.content.submit_ways if way.channel != Channel.ONLINE or not takes_online)
        return tuple(dict.fromkeys(shorten(str(way.text), LONGEST_WAY) for way in ways))

    @property
    def has_other_ways(self) -> bool:
        return not self.procedure.is_closed and bool(self.content.submit_ways or self.print_href)

    @property
    def heading(self) -> Text:
        """The official name; a very long one begins here and stands whole among the details."""
        name = self.content.name
        return Text(shorten(name.vi, LONGEST_HEADING), shorten(name.en, LONGEST_HEADING))

    @property
    def has_everyday_name(self) -> bool:
        """Imported ones are called by their official name only."""
        return str(self.content.everyday_name) != str(self.content.name)

    @property
    def has_summary(self) -> bool:
        return str(self.content.summary) not in (str(self.content.name), str(self.content.everyday_name))


def build_page(
    procedure: Procedure, content: Content, *, case_key: str, places: Sequence[Agency], on: date
) -> ProcedurePage:
    """Everything the template needs; an unknown case is no case."""
    case = content.case_or_none(case_key)
    chosen = case.key if case else None
    return ProcedurePage(
        procedure=procedure,
        content=content,
        case=case,
        facts=build_facts(content, chosen, on),
        papers=group_papers(content, chosen),
        case_papers=list_case_papers(content)
        if case is None and len(content.cases) > MOST_OPEN_CASES
        else (),
        limit_rows=tuple(_limit_row(limit, content) for limit in content.limits),
        fee_rows=tuple(
            _fee_row(rule, content) for rule in content.fees if chosen is None or rule.case in (None, chosen)
        ),
        relief_rows=tuple(list_reliefs(content, chosen, on)),
        action=build_action(procedure, content, chosen),
        check_href=_find_check(procedure, content),
        print_href=_href("procedures:print", procedure.code, case=chosen) if _can_print(content) else "",
        places=places,
        **_form_hrefs(procedure, content, chosen),
    )


def _find_check(procedure: Procedure, content: Content) -> str:
    """The guided check, where it has something to say here."""
    is_elsewhere = bool(content.province) and not is_here(content.province)
    if procedure.is_closed or is_elsewhere or (content.partial and not content.requirements):
        return ""
    return _href("procedures:check", procedure.code, case=None)


def _form_hrefs(procedure: Procedure, content: Content, case: str | None) -> dict[str, str]:
    """Downloads of the form from level 2 on; it is filled only while the procedure is open."""
    has_form = _can_print(content) and content.form is not None
    return {
        "blank_href": _href("dossiers:blank_form", procedure.code, case=case) if has_form else "",
        "sample_href": _href("dossiers:sample_form", procedure.code, case=case) if has_form else "",
        "prepare_href": (
            _href("prepare:fill", procedure.code, case=case) if has_form and not procedure.is_closed else ""
        ),
    }


def build_action(procedure: Procedure, content: Content, case: str | None) -> Action | None:
    """What the level allows: 4 and 3 file, 2 print, 1 go there; a closed procedure has no button."""
    if procedure.is_closed:
        return None
    start_href = _href("dossiers:start", procedure.code, case=case)
    if content.takes_online and start_href:
        return Action(_("Bắt đầu nộp"), start_href)
    if content.level.can_download_forms:
        href = _href("procedures:print", procedure.code, case=case)
        return Action(_("Tải mẫu"), href, icon="download")
    return Action(_("Nơi nộp"), PLACES_ANCHOR, icon="pin")


def _can_print(content: Content) -> bool:
    return content.level.can_download_forms


def _href(name: str, code: str, *, case: str | None) -> str:
    """Address with the chosen case, or nothing where this installation has no such page."""
    try:
        path = reverse(name, args=[code])
    except NoReverseMatch:
        return ""
    return f"{path}?case={case}" if case else path


def _limit_row(limit: TimeLimit, content: Content) -> LimitRow:
    return LimitRow(_when(content, limit.case, limit.channel) or _("Mọi trường hợp"), str(limit))


def _when(content: Content, case: str | None, channel: str | None) -> str:
    found = content.case_or_none(case)
    parts = (str(found.label) if found else "", str(Channel(channel).label) if channel else "")
    return ", ".join(part for part in parts if part)


def list_reliefs(content: Content, chosen: str | None, on: date) -> Iterator[ReliefRow]:
    """Those still to come are told too, those that are over are not."""
    for relief in content.reliefs:
        is_over = relief.until is not None and relief.until < on
        if is_over or (chosen is not None and relief.case not in (None, chosen)):
            continue
        names = {rule.key: str(rule.label) for rule in reversed(content.fees) if relief.covers(rule.key)}
        paper = content.requirement(relief.paper) if relief.paper else None
        when = (_when(content, relief.case, relief.channel).lower(), describe_days(relief))
        yield ReliefRow(
            size=describe_size(relief),
            label=relief.label,
            when=", ".join(part for part in when if part),
            of=", ".join(dict.fromkeys(names[key] for key in relief.of if key in names)),
            basis=relief.basis,
            paper=paper.name if paper else None,
        )


def _fee_row(rule: FeeRule, content: Content) -> FeeRow:
    when = _when(content, rule.case, rule.channel)
    amount = describe_rule(rule)
    if rule.illustrative:
        amount = _("%(amount)s (mức thu minh họa)") % {"amount": amount}
    if rule.until:
        amount = _("%(amount)s, áp dụng đến hết ngày %(day)s") % {
            "amount": amount,
            "day": vn_day(rule.until),
        }
    return FeeRow(str(FeeKind(rule.kind).label), str(rule.label), amount, when, str(rule.basis))

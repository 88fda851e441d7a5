"""The page at the end of a check: the verdict with everything to prepare, and the next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import segno
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.choices import Channel
from procedures.content import Content
from procedures.facts import Fact, describe_limits
from procedures.guide import outcome
from procedures.guide.carrying import list_params
from procedures.guide.links import check_href, pairs_of
from procedures.guide.walk import Walk
from procedures.page import Action

if TYPE_CHECKING:
    from portal.accounts.models import Agency
    from procedures.guide.hours import DayHours
    from procedures.models import Procedure

LONGEST_QR = 500


@dataclass(frozen=True)
class Answer:
    """A row for components/summary.html."""

    label: str
    value: str
    href: str


@dataclass(frozen=True)
class ResultPage:
    procedure: Procedure
    content: Content
    walk: Walk
    verdict: str
    doubts: Sequence[str]
    instead: Procedure | None
    answers: tuple[Answer, ...]
    papers: outcome.PaperLists
    cost: outcome.Cost | None
    total: str
    limit: str
    channel: str
    agency: Agency | None
    hours: tuple[DayHours, ...]
    action: Action | None
    others: tuple[Action, ...]
    following: tuple[Procedure, ...]
    link: str
    qr: SafeString | str

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The answer at a glance; the sections below say more."""
        papers = len(self.papers.submit) + len(self.papers.show)
        count = ngettext("%(count)d giấy tờ", "%(count)d giấy tờ", papers) % {"count": papers}
        place = self.agency.name if self.agency else str(self.content.agencies.performing)
        return (
            Fact(_("Chuẩn bị"), count, icon="paper"),
            Fact(
                _("Tổng số tiền"),
                self.total,
                _("mức thu minh họa") if self.is_illustrative else "",
                icon="coin",
            ),
            Fact(_("Bao lâu"), self.limit, icon="clock"),
            Fact(_("Nơi nộp"), place, self.channel.lower(), icon="pin"),
        )

    @property
    def is_illustrative(self) -> bool:
        return self.cost is not None and self.cost.is_illustrative

    @property
    def case_label(self) -> str:
        case = self.content.case_or_none(self.walk.case)
        return str(case.label) if case else ""

    @property
    def carries(self) -> bool:
        """Whether a button here takes the answers along into the filing."""
        return self.content.takes_online


@dataclass(frozen=True)
class Surroundings:
    """What is read for a result beside the document. `site`: scheme and host of the address."""

    agency: Agency | None
    hours: tuple[DayHours, ...]
    named: Mapping[str, Procedure]
    site: str


def build_result(procedure: Procedure, walk: Walk, around: Surroundings) -> ResultPage:
    """The page at the end of the check."""
    content, cost = walk.content, outcome.reckon(walk, walk.on)
    link = around.site + check_href(procedure, pairs_of(walk))
    first, *others = _list_actions(procedure, walk)
    return ResultPage(
        procedure=procedure,
        content=content,
        walk=walk,
        verdict=outcome.judge(walk),
        doubts=outcome.list_doubts(walk),
        instead=around.named.get(walk.stop.instead) if walk.stop else None,
        answers=tuple(_list_answers(procedure, walk)),
        papers=outcome.list_papers(walk),
        cost=cost,
        total=outcome.describe_total(cost),
        limit=_describe_limit(walk),
        channel=str(Channel(walk.channel).label) if walk.channel else "",
        agency=around.agency,
        hours=around.hours,
        action=first,
        others=tuple(others),
        following=tuple(around.named[code] for code in content.next_codes if code in around.named),
        link=link,
        qr=draw_qr(link),
    )


def _describe_limit(walk: Walk) -> str:
    limit = walk.content.limit_for(walk.case, walk.channel or None)
    return str(limit) if limit else describe_limits(walk.content, walk.case)


def _list_answers(procedure: Procedure, walk: Walk) -> list[Answer]:
    pairs = pairs_of(walk)
    return [
        Answer(str(item.field.label), item.words, check_href(procedure, pairs, item.step))
        for item in walk.taken
    ]


def _list_actions(procedure: Procedure, walk: Walk) -> list[Action]:
    """The one button of the level first, other ways after it."""
    content, case = walk.content, walk.case
    query = urlencode(list_params(walk))
    file_here = Action(_("Bắt đầu nộp"), _href("dossiers:start", procedure.code, query))
    print_form = Action(
        _("Tải mẫu"), _href("procedures:print", procedure.code, f"case={case}" if case else ""), "download"
    )
    there = Action(_("Xem nơi nộp"), "#where", "pin")
    is_online = walk.channel == Channel.ONLINE.value
    portal = content.other_portal
    wanted = [
        (is_online and content.takes_online and bool(file_here.href), file_here),
        (is_online and portal is not None and not content.takes_online, _portal_action(content)),
        (content.level.can_download_forms, print_form),
        (True, there),
        (content.takes_online and not is_online and bool(file_here.href), _online_instead(file_here)),
    ]
    return list(dict.fromkeys(action for is_wanted, action in wanted if is_wanted))


def _portal_action(content: Content) -> Action:
    portal = content.other_portal
    if portal is None:
        return Action("", "")
    return Action(_("Nộp trên %(name)s") % {"name": portal.name}, portal.url)


def _online_instead(action: Action) -> Action:
    return Action(_("Nộp qua mạng"), action.href)


def _href(name: str, code: str, query: str) -> str:
    """Nothing where this installation has no such page."""
    try:
        path = reverse(name, args=[code])
    except NoReverseMatch:
        return ""
    return f"{path}?{query}" if query else path


def draw_qr(text: str) -> SafeString | str:
    """The address as a picture for the printed page; nothing for one too long to be scanned from paper."""
    if len(text) > LONGEST_QR:
        return ""
    picture = segno.make_qr(text, error="l").svg_inline(
        border=1, omitsize=True, svgclass="qr", lineclass=None
    )
    return SafeString(picture)

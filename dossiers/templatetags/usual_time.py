"""The usual real time beside the legal one: {% with_usual_time facts procedure as facts %}."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dossiers.usual_time import UsualTime, find_usual_time
from procedures.facts import TIME_ICON, Fact

if TYPE_CHECKING:
    from procedures.models import Procedure

register = template.Library()


@register.simple_tag
def with_usual_time(facts: Iterable[Fact], procedure: Procedure) -> list[Fact]:
    """The facts, the one about time with what it usually takes; unchanged without enough history."""
    usual = None if procedure.is_closed else find_usual_time(procedure.pk)
    if usual is None:
        return list(facts)
    words = describe_usual_time(usual)
    return [
        replace(fact, small=f"{fact.small} {words}".strip()) if fact.icon == TIME_ICON else fact
        for fact in facts
    ]


def describe_usual_time(usual: UsualTime) -> str:
    """ "Thường xong trong 2 ngày làm việc (90 % trong 3), theo 120 hồ sơ 12 tháng qua." """
    words = {"count": usual.count, "median": _days(usual.median, usual), "most": usual.nearly_all}
    if usual.median == usual.nearly_all == 0:
        return _("Thường xong trong ngày, theo %(count)d hồ sơ 12 tháng qua.") % words
    if usual.median == 0:
        words["most"] = _days(usual.nearly_all, usual)
        return _("Thường xong trong ngày (90 %% trong %(most)s), theo %(count)d hồ sơ 12 tháng qua.") % words
    if usual.median == usual.nearly_all:
        return _("Thường xong trong %(median)s, theo %(count)d hồ sơ 12 tháng qua.") % words
    return (
        _("Thường xong trong %(median)s (90 %% trong %(most)d), theo %(count)d hồ sơ 12 tháng qua.") % words
    )


def _days(count: int, usual: UsualTime) -> str:
    if usual.in_working_days:
        return ngettext("%(count)d ngày làm việc", "%(count)d ngày làm việc", count) % {"count": count}
    return ngettext("%(count)d ngày", "%(count)d ngày", count) % {"count": count}

"""What the page of a procedure shows: facts, papers of the chosen case, the one button its level allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from portal.core.templatetags.formats import vn_day
from procedures.choices import Channel, FeeKind, RequirementMode, ServiceLevel
from procedures.content import Content
from procedures.facts import Fact, build_facts, count_papers
from procedures.fees import FeeRule, describe_rule
from procedures.models import Procedure
from procedures.parts import Case, Requirement

if TYPE_CHECKING:
    from portal.accounts.models import Agency

PLACES_ANCHOR = "#places"
MOST_OPEN_CASES = 7


@dataclass(frozen=True)
class Action:
    """The page's one red button."""

    label: str
    href: str
    icon: str = "next"


@dataclass(frozen=True)
class Paper:
    """A row for components/papers.html."""

    name: str
    text: str = ""
    state: str = ""
    kind: str = ""


@dataclass(frozen=True)
class FeeRow:
    kind: str
    label: str
    amount: str
    when: str
    basis: str


@dataclass(frozen=True)
class ProcedurePage:
    procedure: Procedure
    content: Content
    case: Case | None
    facts: tuple[Fact, ...]
    papers: tuple[Paper, ...]
    fee_rows: tuple[FeeRow, ...]
    action: Action | None
    print_href: str
    blank_href: str
    sample_href: str
    prepare_href: str
    places: Sequence[Agency]

    @property
    def level(self) -> ServiceLevel:
        return self.content.level

    @property
    def folds_cases(self) -> bool:
        """Once one of many cases is chosen, the others stand out of the way of its papers."""
        return self.case is not None and len(self.content.cases) > MOST_OPEN_CASES


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
        papers=tuple(_paper(item, content) for item in sorted(content.requirements_for(chosen), key=_need)),
        fee_rows=tuple(
            _fee_row(rule, content) for rule in content.fees if chosen is None or rule.case in (None, chosen)
        ),
        action=build_action(procedure, content, chosen),
        print_href=_href("procedures:print", procedure.code, case=chosen) if _can_print(content) else "",
        places=places,
        **_form_hrefs(procedure, content, chosen),
    )


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


def _need(item: Requirement) -> int:
    """What everybody brings comes first, what the office looks up last."""
    return 2 if item.is_looked_up else int(not item.required)


def _paper(item: Requirement, content: Content) -> Paper:
    state, kind = _paper_state(item, content)
    return Paper(str(item.name), str(item.hint), state, kind)


def _paper_state(item: Requirement, content: Content) -> tuple[str, str]:
    if item.filled_online and content.takes_online:
        return _("Điền trên mạng"), "done"
    if item.mode == RequirementMode.LOOKUP:
        return _("Cơ quan tự tra cứu"), "info"
    if item.mode == RequirementMode.PRESENT:
        return _("Chỉ cho xem"), "info"
    amount = _amount(item)
    return (amount, "") if item.required else (_("Khi cần: %(amount)s") % {"amount": amount}, "")


def _amount(item: Requirement) -> str:
    return count_papers(item.originals, item.copies) or _("không nộp bản giấy")


def _fee_row(rule: FeeRule, content: Content) -> FeeRow:
    notes: Mapping[str, Any] = {
        "case": content.case_or_none(rule.case),
        "channel": Channel(rule.channel).label if rule.channel else "",
    }
    when = ", ".join(
        str(part) for part in (notes["case"].label if notes["case"] else "", notes["channel"]) if part
    )
    amount = describe_rule(rule)
    if rule.illustrative:
        amount = _("%(amount)s (mức thu minh họa)") % {"amount": amount}
    if rule.until:
        amount = _("%(amount)s, áp dụng đến hết ngày %(day)s") % {
            "amount": amount,
            "day": vn_day(rule.until),
        }
    return FeeRow(str(FeeKind(rule.kind).label), str(rule.label), amount, when, str(rule.basis))

"""The screens of a test filing, one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from dossiers.replay.rehearsing import rehearse
from dossiers.replay.sheets import State, TrialSheet, list_channels, open_state
from dossiers.screens.start import list_agency_options, list_case_choices
from portal.accounts.actor import Actor
from portal.core import clock
from portal.core.errors import RuleViolation
from procedures import selectors as catalogue
from procedures.content import Content, parse_content

OK, UNPROCESSABLE = 200, 422


@dataclass(frozen=True)
class Start:
    """The choices before the first page, and what is wrong with those just made (by name)."""

    content: Content
    row_version: int
    chosen: Mapping[str, str]
    errors: Mapping[str, str]

    @property
    def cases(self) -> list[Any]:
        return list(list_case_choices(self.content))

    @property
    def channels(self) -> list[dict[str, str]]:
        return [{"value": value, "label": label} for value, label in list_channels(self.content)]

    @property
    def faults(self) -> list[dict[str, str]]:
        """For the summary of errors."""
        return [{"text": text, "id": name} for name, text in self.errors.items()]

    @property
    def agencies(self) -> list[tuple[str, str]]:
        return list(list_agency_options(self.content))


@dataclass(frozen=True)
class Shown:
    template: str
    context: Mapping[str, Any]
    status: int = OK


def build_start(code: str) -> Start:
    """Raises NotFound without a draft, RuleViolation `invalid_content` while it cannot be read."""
    draft = catalogue.access_draft(code)
    return Start(parse_content(draft.content), draft.row_version, {}, {})


def begin(start: Start, posted: QueryDict) -> Shown:
    """The first page, or the choices again with what is missing; with `sample` every answer is filled in."""
    chosen = {name: posted.get(name, "") for name in ("case", "channel", "agency")}
    errors = _find_faults(start, chosen)
    if errors:
        again = replace(start, chosen=chosen, errors=errors)
        return Shown("catalogue/replay/start.html", {"start": again, "has_errors": True}, UNPROCESSABLE)
    state = State(
        start.content.code, start.row_version, chosen["case"], chosen["channel"], chosen["agency"], "", {}
    )
    sheet = TrialSheet(start.content, state, clock.today())
    if "sample" in posted:
        sheet = sheet.fill_in()
    return _show_page(sheet.turn_to(sheet.find_next()))


def _find_faults(start: Start, chosen: Mapping[str, str]) -> dict[str, str]:
    known = {
        "case": {case.value for case in start.cases} or {""},
        "channel": {way["value"] for way in start.channels},
        "agency": {value for value, _label in start.agencies if value},
    }
    words = {
        "case": _("Hãy chọn trường hợp."),
        "channel": _("Hãy chọn cách nộp."),
        "agency": _("Hãy chọn nơi nhận hồ sơ."),
    }
    return {name: words[name] for name, values in known.items() if chosen[name] not in values}


def advance(actor: Actor, start: Start, posted: QueryDict) -> Shown:
    """Keeps the page's answers and goes on, back, or to the end.

    Raises RuleViolation `trial_lost`, `draft_changed` when the draft is another one by now.
    """
    state = open_state(posted.get("state", ""), start.content.code)
    if state.row_version != start.row_version:
        raise RuleViolation("draft_changed", _("Bản nháp vừa được sửa. Hãy nộp thử lại từ đầu với bản mới."))
    sheet = TrialSheet(start.content, state, clock.today())
    if sheet.form is None or not state.page:
        return _finish(actor, sheet)
    form = sheet.build_form(sheet.form, posted)
    sheet = sheet.keep(form)
    if "back" in posted:
        return _show_page(sheet.turn_to(sheet.find_previous() or state.page))
    if form.command is not None:
        return _show_page(sheet)
    if not form.is_valid():
        context = {"sheet": sheet, "form": form, "has_errors": True}
        return Shown("catalogue/replay/page.html", context, UNPROCESSABLE)
    after = sheet.find_next()
    return _show_page(sheet.turn_to(after)) if after else _finish(actor, sheet)


def _show_page(sheet: TrialSheet) -> Shown:
    """A draft without a form has one page, with nothing to fill in."""
    form = sheet.build_form(sheet.form) if sheet.form and sheet.state.page else None
    return Shown("catalogue/replay/page.html", {"sheet": sheet, "form": form})


def _finish(actor: Actor, sheet: TrialSheet) -> Shown:
    try:
        done = rehearse(actor, sheet.content.code, sheet.state.tried)
    except RuleViolation as error:
        reasons = list(dict.fromkeys(line for lines in error.errors.values() for line in lines))
        return Shown(
            "catalogue/replay/stopped.html",
            {"sheet": sheet, "error": error, "reasons": reasons},
            UNPROCESSABLE,
        )
    return Shown("catalogue/replay/done.html", {"sheet": sheet, "done": done})

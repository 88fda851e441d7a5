"""A test filing while it is filled in: everything travels in the page, sealed against change; nothing is stored."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _

from dossiers.choices import Channel
from dossiers.replay.rehearsing import Tried
from portal.core.errors import RuleViolation
from procedures.content import Content
from procedures.formschema.definition import FormSchema, Page
from procedures.formschema.page_layout import FileView
from procedures.formschema.pages import PageForm, PageSetting, build_page_form
from procedures.formschema.types import field_types
from procedures.formschema.walk import visible_pages
from procedures.samples import build_sample_answers

_SALT = "dossiers.replay.trial"
_AGE_S = 24 * 3600


@dataclass(frozen=True)
class State:
    """What was chosen and answered so far; `page` is the one shown, "" before the first."""

    code: str
    row_version: int
    case_key: str
    channel: str
    agency: str
    page: str
    answers: Mapping[str, Any]

    def seal(self) -> str:
        return signing.dumps(asdict(self), salt=_SALT, compress=True)

    @property
    def tried(self) -> Tried:
        return Tried(self.case_key, self.channel, self.agency, self.answers)


def open_state(sealed: str, code: str) -> State:
    """Raises RuleViolation for a state of another procedure, too old, or changed on the way."""
    try:
        state = State(**signing.loads(sealed, salt=_SALT, max_age=_AGE_S))
    except (signing.BadSignature, TypeError) as error:
        raise _lost() from error
    if state.code != code:
        raise _lost()
    return state


def _lost() -> RuleViolation:
    return RuleViolation("trial_lost", _("Lần nộp thử này không còn dùng được. Hãy bắt đầu lại."))


@dataclass(frozen=True)
class TrialSheet:
    """The draft's form with a state of answers. Papers count as sent, so that only the questions are in the way."""

    content: Content
    state: State
    on: date

    @property
    def form(self) -> FormSchema | None:
        return self.content.form

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        if self.form is None:
            return ()
        return visible_pages(self.form, self.state.answers, on=self.on, case=self.state.case_key)

    @property
    def number(self) -> int:
        keys = [page.key for page in self.pages]
        return keys.index(self.state.page) + 1 if self.state.page in keys else 0

    def build_form(self, form: FormSchema, data: QueryDict | None = None) -> PageForm:
        """The page shown, of the form."""
        return build_page_form(form, self.state.page, self.state.answers, setting=self._setting(), data=data)

    def _setting(self) -> PageSetting:
        stand_in = FileView("", _("Giấy thử (không cần tệp thật)"), "")
        wanted = {item.key: [stand_in] for item in self.content.requirements}
        return PageSetting(self.on, case=self.state.case_key, files=wanted)

    def keep(self, form: PageForm) -> "TrialSheet":
        """The state with the answers of the page, right or wrong."""
        answers = dict(self.state.answers)
        for question in form.page.fields:
            if field_types.get(question.type).is_answer:
                answers[question.key] = form.draft_answers.get(question.key)
        return replace(self, state=replace(self.state, answers=answers))

    def turn_to(self, page: str) -> "TrialSheet":
        return replace(self, state=replace(self.state, page=page))

    def find_next(self) -> str:
        """The page after this one by the answers so far; "" after the last."""
        keys = [page.key for page in self.pages]
        if self.state.page not in keys:
            return keys[0] if keys else ""
        after = keys[keys.index(self.state.page) + 1 :]
        return after[0] if after else ""

    def find_previous(self) -> str:
        keys = [page.key for page in self.pages]
        return keys[keys.index(self.state.page) - 1] if self.state.page in keys[1:] else ""

    def fill_in(self) -> "TrialSheet":
        """With the answers of an invented person."""
        if self.form is None:
            return self
        answers = build_sample_answers(self.form, case=self.state.case_key, on=self.on)
        return replace(self, state=replace(self.state, answers=answers))


def list_channels(content: Content) -> list[tuple[str, str]]:
    """Ways a dossier may come in by this draft: online where the level allows it, the desk always."""
    online = [Channel.ONLINE] if content.takes_online else []
    return [(channel.value, str(channel.label)) for channel in (*online, Channel.DESK)]

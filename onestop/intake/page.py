"""The intake page as one value: what was typed, what it means, what is still wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.http import QueryDict
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dossiers.choices import Channel
from dossiers.prepared_code import read_code
from onestop.intake import filling
from onestop.intake import person as p
from onestop.intake.panel import Panel, build_panel
from onestop.intake.papers import TAKE_ALL, PaperRow, list_looked_up, read_papers
from onestop.intake.sections import ONE_PAGE, arrange, build_counter_form
from portal.accounts.actor import Actor
from portal.core import clock
from procedures.content import Content
from procedures.formschema.pages import PageForm, PageSetting, build_page_form
from procedures.parts import Requirement

CHANNELS = (Channel.DESK, Channel.POST)
RECEIVE, ACCEPT = "receive", "accept"
COMMANDS = (RECEIVE, ACCEPT)
MAX_TOKEN = 64
Error = dict[str, str]


@dataclass
class IntakePage:
    """`command`: which button sent the page, "" for showing it again. `errors`: {text, id}, in page order;
    `focus`: id of what goes on after a button that changed the page; `prepared`: code of the form filled at
    home that it was read from."""

    content: Content
    case: str
    channel: str
    form: PageForm
    papers: list[PaperRow]
    looked_up: list[Requirement]
    panel: Panel
    token: str
    command: str = ""
    notice: str = ""
    collect_after: bool = False
    focus: str = ""
    prepared: str = ""
    errors: list[Error] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        return bool(self.command) and not self.errors

    @property
    def body(self) -> SafeString:
        """The person block and the declaration, drawn; their errors stand in the page's own summary."""
        return SafeString(self.form.helper.render_layout(self.form, Context({}), template_pack="motcua"))

    @property
    def declaration(self) -> dict[str, Any]:
        """Answers of the e-form alone, as the form cleaned them."""
        keys = self.content.form.by_key if self.content.form else {}
        return {key: value for key, value in self.form.answers.items() if key in keys}

    @property
    def missing(self) -> list[str]:
        """Required papers not on the desk, by name."""
        return [
            str(row.requirement.name) for row in self.papers if row.requirement.required and not row.is_there
        ]


def read_intake(
    content: Content,
    actor: Actor,
    data: QueryDict | None,
    *,
    case: str = "",
    begun: Mapping[str, Any] | None = None,
) -> IntakePage:
    """The page for what was posted, or an empty one. `case`: chosen in the address. `begun`: answers it opens
    with, of the person block too."""
    filled = filling.fill_person(data, actor) if data is not None else None
    fields = filled.data if filled else None
    case = _read_case(content, fields.get("case", "") if fields else case)
    channel = _read_channel(fields)
    command = _read_command(fields)
    form = _build_form(content, case, fields, command, begun or {})
    page = IntakePage(
        content=content,
        case=case,
        channel=channel,
        form=form,
        papers=read_papers(content, case, fields),
        looked_up=list_looked_up(content, case),
        panel=build_panel(
            content, case=case, channel=channel, answers=form.answers, agency_id=actor.agency_id or 0
        ),
        token=_read_token(fields),
        command="" if form.command else command,
        notice=filled.notice if filled else "",
        collect_after="collect_after" in fields if fields else False,
        focus=_find_focus(form, fields),
        prepared=read_code(fields.get("prepared", "")) or "" if fields else "",
    )
    if page.command:
        page.errors += find_errors(page)
    return page


def find_errors(page: IntakePage) -> list[Error]:
    """What must be mended before anything is received."""
    case = [{"text": _("Chọn trường hợp."), "id": "case"}] if page.content.cases and not page.case else []
    return [*case, *find_form_errors(page.form), *find_paper_errors(page.papers)]


def find_form_errors(form: PageForm) -> list[Error]:
    """What is wrong with the answers, else the questions they have just opened."""
    if form.is_valid():
        return []
    return form.summary or [
        {"text": _("Trả lời thêm: %(label)s") % {"label": asked["text"]}, "id": asked["id"]}
        for asked in form.asked
    ]


def find_paper_errors(papers: list[PaperRow]) -> list[Error]:
    """Papers whose numbers make no sense."""
    return [
        {"text": f"{row.requirement.name}: {row.error}", "id": f"{row.name}-originals"}
        for row in papers
        if row.error
    ]


def _build_form(
    content: Content, case: str, data: QueryDict | None, command: str, begun: Mapping[str, Any]
) -> PageForm:
    """The bound form when the page is sent in; else an open one that holds what was typed, without errors."""
    schema = build_counter_form(content.form, p.build_person_fields(content))
    setting = PageSetting(on=clock.today(), case=case)
    form = build_page_form(schema, ONE_PAGE, begun, setting=setting, data=data)
    if data is not None:
        filling.fill_declaration(data, content, form.answers)
        form = build_page_form(schema, ONE_PAGE, {}, setting=setting, data=data)
        if not command and form.command is None:
            form = build_page_form(schema, ONE_PAGE, form.draft_answers, setting=setting)
    arrange(form)
    return form


def _find_focus(form: PageForm, data: QueryDict | None) -> str:
    if form.command is not None:
        return form.command.anchor
    return "papers" if data is not None and TAKE_ALL in data else ""


def _read_case(content: Content, typed: str) -> str:
    known = [case.key for case in content.cases]
    if len(known) == 1:
        return known[0]
    return typed if typed in known else ""


def _read_channel(data: QueryDict | None) -> str:
    typed = data.get("channel", "") if data is not None else ""
    return typed if typed in CHANNELS else str(Channel.DESK)


def _read_command(data: QueryDict | None) -> str:
    typed = data.get("do", "") if data is not None else ""
    return typed if typed in COMMANDS else ""


def _read_token(data: QueryDict | None) -> str:
    typed = data.get("token", "") if data is not None else ""
    fits = typed.isascii() and typed.isalnum() and len(typed) <= MAX_TOKEN
    return typed if fits and typed else uuid4().hex

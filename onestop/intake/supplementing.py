"""The counter's page for a supplement: what was asked on top, the other papers and answers folded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dossiers.notices import item_line
from onestop.acts.scene import Scene
from onestop.intake.page import Error, find_form_errors, find_paper_errors
from onestop.intake.papers import PaperRow, read_papers
from onestop.intake.sections import ONE_PAGE, Section, arrange, build_counter_form
from portal.core import clock
from procedures.formschema.definition import Field
from procedures.formschema.page_blocks import list_terms
from procedures.formschema.page_layout import Block
from procedures.formschema.pages import PageForm, PageSetting, build_page_form


@dataclass(frozen=True)
class AskedBlock:
    """A question that was asked back, under the reason."""

    block: Block
    reason: str

    def render(
        self, form: forms.Form, context: Context, template_pack: str = "motcua", **extra: Any
    ) -> SafeString:
        body = self.block.render(form, context)
        return render_to_string("onestop/partials/asked_question.html", {"reason": self.reason, "body": body})


@dataclass
class SupplementPage:
    """`is_sent`: the page came in to be filed, not to be drawn again. `reasons`: why, by paper and question
    that was asked for; `loose`: what was asked for and stands nowhere on this page, in words."""

    form: PageForm
    papers: list[PaperRow]
    reasons: Mapping[str, str]
    loose: list[str]
    is_sent: bool
    errors: list[Error] = field(default_factory=list)

    @property
    def body(self) -> SafeString:
        """The declaration, drawn."""
        return SafeString(self.form.helper.render_layout(self.form, Context({}), template_pack="motcua"))

    @property
    def asked_papers(self) -> list[tuple[PaperRow, str]]:
        return [(row, self.reasons[row.key]) for row in self.papers if row.key in self.reasons]

    @property
    def other_papers(self) -> list[tuple[PaperRow, str]]:
        return [(row, "") for row in self.papers if row.key not in self.reasons]

    @property
    def shows_others(self) -> bool:
        """Is one of the other papers ticked, or none asked for?"""
        return not self.reasons or any(row.is_there for row, _reason in self.other_papers)

    @property
    def answers(self) -> dict[str, Any]:
        return self.form.answers


def read_supplement(scene: Scene, answers: dict[str, Any], data: QueryDict | None) -> SupplementPage:
    """The page for what was posted, begun from the last answers."""
    dossier = scene.dossier
    schema = build_counter_form(scene.content.form, ())
    setting = PageSetting(on=clock.today(), case=dossier.case_key)
    form = build_page_form(schema, ONE_PAGE, answers, setting=setting, data=data)
    is_sent = data is not None and "file" in data and form.command is None
    if data is not None and not is_sent and form.command is None:
        form = build_page_form(schema, ONE_PAGE, form.draft_answers, setting=setting)
    papers = read_papers(scene.content, dossier.case_key, data)
    items = scene.supplement.items if scene.supplement else []
    reasons = {_key(item): str(item.get("reason", "")) for item in items}
    here = {row.key for row in papers} | {question.key for question in form.page.fields}
    loose = [item_line(item, scene.content) for item in items if _key(item) not in here]
    _lay_out(form, reasons, answers)
    page = SupplementPage(form, papers, reasons, loose, is_sent)
    if is_sent:
        page.errors += [*find_form_errors(form), *find_paper_errors(page.papers)]
    return page


def _key(item: Mapping[str, Any]) -> str:
    return str(item.get("requirement") or item.get("field") or "")


def _lay_out(form: PageForm, reasons: Mapping[str, str], filed: Mapping[str, Any]) -> None:
    """What was asked in one card, then every section as a fold; open where something is to be mended."""
    arrange(form)
    sections: list[Section] = form.helper.layout.fields
    wanted = _find_wanted(form.page.fields, reasons, filed)
    first = [pair for section in sections for pair in zip(section.keys, section.blocks, strict=True)]
    asked = tuple(
        AskedBlock(block, reasons[key]) if key in reasons else block for key, block in first if key in wanted
    )
    marked = _list_marked(form)
    card = [Section("asked", _("Câu trả lời cần sửa"), asked)] if asked else []
    form.helper.layout = Layout(*card, *(_fold(section, wanted, marked) for section in sections))


def _fold(section: Section, without: frozenset[str], marked: Sequence[str]) -> Section:
    """The section without the questions that stand on top."""
    rest = [pair for pair in zip(section.keys, section.blocks, strict=True) if pair[0] not in without]
    is_marked = any(name == key or name.startswith(f"{key}-") for key, _block in rest for name in marked)
    return replace(
        section,
        keys=tuple(key for key, _block in rest),
        blocks=tuple(block for _key, block in rest),
        folded=not is_marked,
    )


def _find_wanted(
    questions: Sequence[Field], reasons: Mapping[str, str], filed: Mapping[str, Any]
) -> frozenset[str]:
    """Questions that were asked back, and the unanswered ones that their answers may open."""
    wanted: set[str] = {question.key for question in questions if question.key in reasons}
    for question in questions:  # a condition asks only about questions before it
        if question.key not in filed and wanted & set(list_terms([question.visible_if])):
            wanted.add(question.key)
    return frozenset(wanted)


def _list_marked(form: PageForm) -> list[str]:
    """Names of controls with an error, newly asked, or changed by a button."""
    anchors = [asked["id"] for asked in form.asked] + ([form.command.anchor] if form.command else [])
    return [*form.errors, *(anchor.removeprefix("id_") for anchor in anchors)]

"""A whole e-form on one page: its pages become sections of one, in the same order, files left out.

The counter holds the papers in its hands, so file questions are not asked; what a page's condition hid is
hidden question by question, so the same rules clean it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from procedures.formschema.definition import Condition, Field, FormSchema, Page
from procedures.formschema.page_layout import NOTHING, Block
from procedures.formschema.pages import PageForm
from procedures.texts import Text

ONE_PAGE = "counter"
_MARK = "section_"


@dataclass(frozen=True)
class Section:
    """Blocks under one heading (templates/onestop/partials/section.html). `keys`: of the question of each
    block; `attributes`: of its condition; `folded`: None where it cannot be folded."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    attributes: SafeString = NOTHING
    keys: tuple[str, ...] = ()
    folded: bool | None = None

    def render(
        self, form: forms.Form, context: Context, template_pack: str = "motcua", **extra: Any
    ) -> SafeString:
        body = SafeString("".join(block.render(form, context) for block in self.blocks))
        return render_to_string("onestop/partials/section.html", {"section": self, "body": body})


def build_counter_form(
    form: FormSchema | None, person: Sequence[Field], *, offers: bool = False
) -> FormSchema:
    """One page: the person block, if any, then every page of the e-form. `offers`: the person concerned
    types, so what is known of them may be offered."""
    fields: list[Field] = []
    if person:
        fields += [_heading("submitter_block", Text(_("Người nộp"))), *person]
    for page in form.pages if form else ():
        asked = [question for question in page.fields if question.type != "file"]
        if asked:
            fields.append(_heading(page.key, page.title, page.visible_if))
            fields += [_within(question, page.visible_if, offers=offers) for question in asked]
    page = Page(ONE_PAGE, Text(_("Tờ khai")), tuple(fields))
    return FormSchema((page,), form.checks if form else (), form.parties if form else ())


def arrange(form: PageForm) -> None:
    """Gather the blocks of the page under the headings of their sections."""
    sections: list[Section] = []
    for question, block in zip(form.page.fields, form.helper.layout.fields, strict=True):
        if question.key.startswith(_MARK):
            attributes = block.frame.attributes
            sections.append(Section(question.key, str(question.label), (), attributes))
        else:
            last = sections[-1]
            sections[-1] = replace(last, blocks=(*last.blocks, block), keys=(*last.keys, question.key))
    form.helper.layout = Layout(*sections)


def _heading(key: str, title: Text, condition: Condition | None = None) -> Field:
    return Field(f"{_MARK}{key}", "note", title, visible_if=condition)


def _within(question: Field, page: Condition | None, *, offers: bool) -> Field:
    """The question with the condition of its page.

    Without its prefill key: the browser of an officer must not offer the officer's own name and number.
    """
    if not offers:
        question = replace(question, prefill="")
    if page is None:
        return question
    own = question.visible_if
    return replace(question, visible_if=page if own is None else Condition("all", (page, own)))

"""The counter's page for a supplement: the last answers to correct, and the papers brought."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.template import Context
from django.utils.safestring import SafeString

from onestop.acts.scene import Scene
from onestop.intake.page import Error, find_form_errors, find_paper_errors
from onestop.intake.papers import PaperRow, read_papers
from onestop.intake.sections import ONE_PAGE, arrange, build_counter_form
from portal.core import clock
from procedures.formschema.pages import PageForm, PageSetting, build_page_form


@dataclass
class SupplementPage:
    """`is_sent`: the page came in to be filed, not to be drawn again."""

    form: PageForm
    papers: list[PaperRow]
    is_sent: bool
    errors: list[Error] = field(default_factory=list)

    @property
    def body(self) -> SafeString:
        """The declaration, drawn."""
        return SafeString(self.form.helper.render_layout(self.form, Context({}), template_pack="motcua"))

    @property
    def answers(self) -> dict[str, Any]:
        return self.form.answers

    @property
    def looked_up(self) -> tuple[()]:
        return ()


def read_supplement(scene: Scene, answers: dict[str, Any], data: QueryDict | None) -> SupplementPage:
    """The page for what was posted, begun from the last answers."""
    dossier = scene.dossier
    schema = build_counter_form(scene.content.form, ())
    setting = PageSetting(on=clock.today(), case=dossier.case_key)
    form = build_page_form(schema, ONE_PAGE, answers, setting=setting, data=data)
    is_sent = data is not None and "file" in data and form.command is None
    if data is not None and not is_sent and form.command is None:
        form = build_page_form(schema, ONE_PAGE, form.draft_answers, setting=setting)
    arrange(form)
    page = SupplementPage(form, read_papers(scene.content, dossier.case_key, data), is_sent)
    if is_sent:
        page.errors += [*find_form_errors(form), *find_paper_errors(page.papers)]
    return page

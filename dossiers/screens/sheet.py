"""A draft as its pages need it: the form, what was typed, the files, and what is still wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dossiers import selectors
from dossiers.choices import Channel
from dossiers.file_checks import LIMITS_TEXT, MAX_BYTES
from dossiers.models import Attachment, Dossier, Draft
from dossiers.requirements import hidden_requirements, missing_papers
from portal.core import clock
from portal.core.errors import NotFound
from portal.core.templatetags.formats import filesize
from procedures import selectors as catalogue
from procedures.content import Content
from procedures.formschema.answers import Cleaned, clean_answers
from procedures.formschema.definition import FormSchema, Page
from procedures.formschema.page_layout import FileView
from procedures.formschema.pages import PageForm, PageSetting, build_page_form
from procedures.formschema.prefill import Prefill
from procedures.formschema.walk import visible_pages
from procedures.parts import Requirement


@dataclass(frozen=True)
class Sheet:
    """One draft on the screen. Read again after every write."""

    dossier: Dossier
    draft: Draft
    content: Content
    form: FormSchema
    attachments: Sequence[Attachment]
    on: date

    @property
    def answers(self) -> Mapping[str, Any]:
        answers: Mapping[str, Any] = self.draft.answers
        return answers

    @property
    def is_supplement(self) -> bool:
        return self.draft.based_on_id is not None

    @property
    def case(self) -> str:
        return self.dossier.case_key

    @property
    def case_label(self) -> str:
        case = self.content.case_or_none(self.case)
        return str(case.label) if case else ""

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages that the answers so far lead to."""
        return visible_pages(self.form, self.answers, on=self.on, case=self.case)

    @cached_property
    def files(self) -> dict[str, list[Attachment]]:
        """Files by requirement."""
        found: dict[str, list[Attachment]] = {}
        for attachment in self.attachments:
            found.setdefault(attachment.requirement, []).append(attachment)
        return found

    @cached_property
    def cleaned(self) -> Cleaned:
        """The whole draft as filing would judge it now."""
        files = set(self.files) if self.dossier.channel == Channel.ONLINE else None
        return clean_answers(self.form, self.answers, case=self.case, on=self.on, files=files)

    @cached_property
    def loose_papers(self) -> tuple[Requirement, ...]:
        """Papers to send that no page of the form asks for."""
        asked = {question.requirement for question in self.form.fields() if question.type == "file"}
        wanted = self.content.requirements_for(self.case or None)
        return tuple(
            item for item in wanted if item.is_submitted and not item.filled_online and item.key not in asked
        )

    @cached_property
    def missing_papers(self) -> list[Requirement]:
        """Required papers not sent that the questions of the form do not already miss."""
        told = {
            self.form.by_key[path].requirement for path in self.cleaned.errors if path in self.form.by_key
        }
        missing = missing_papers(self.content, self.case, self.cleaned.answers, set(self.files))
        return [item for item in missing if item.key not in told]

    @property
    def hidden_papers(self) -> frozenset[str]:
        return hidden_requirements(self.form, self.cleaned.answers, self.case)

    @property
    def is_complete(self) -> bool:
        return not self.cleaned.errors and (not self.missing_papers or self.dossier.channel != Channel.ONLINE)

    def count_errors(self, page: Page) -> int:
        """How many places of a page are still to mend."""
        keys = {question.key for question in page.fields}
        return sum(len(lines) for path, lines in self.cleaned.errors.items() if path.split(".")[0] in keys)

    def get_page(self, key: str) -> Page:
        """Raises NotFound for an unknown page."""
        try:
            return self.form.get_page(key)
        except KeyError as error:
            raise NotFound from error

    def href(self, page: str) -> str:
        return reverse("dossiers:filing_page", args=[self.dossier.pk, page])

    def build_form(
        self,
        page: str,
        *,
        data: Any = None,
        check: bool = False,
        prefill: Prefill | None = None,
        file_errors: Mapping[str, Sequence[str]] | None = None,
    ) -> PageForm:
        """The form of one page of this form."""
        setting = PageSetting(
            self.on,
            case=self.case,
            prefill=prefill or {},
            files={key: [view_file(row) for row in rows] for key, rows in self.files.items()},
            file_errors=file_errors or {},
            file_hint=str(LIMITS_TEXT),
            max_file_bytes=MAX_BYTES,
        )
        return build_page_form(self.form, page, self.answers, setting=setting, data=data, check=check)


def read_sheet(dossier: Dossier, draft: Draft) -> Sheet:
    """The sheet of a draft. Raises NotFound where the procedure has no e-form. One query."""
    content = catalogue.get_content(dossier.procedure_version_id)
    if content.form is None:
        raise NotFound
    attachments = selectors.list_attachments(dossier)
    return Sheet(dossier, draft, content, content.form, attachments, clock.today())


def view_file(attachment: Attachment) -> FileView:
    """An uploaded file as its owner sees it."""
    stored = attachment.file
    return FileView(str(attachment.pk), stored.name, filesize(stored.size), _("Đã nhận"))

"""One page of an e-form as a Django form: drawn by crispy-forms, cleaned by the rules of `clean_answers`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from procedures.formschema.answers import Cleaned, clean_answers
from procedures.formschema.definition import CASE, Field, FormSchema, Page
from procedures.formschema.page_blocks import PageBuilder, list_terms
from procedures.formschema.page_layout import FileView
from procedures.formschema.page_reading import (
    SHOWN,
    Posted,
    apply_command,
    find_command,
    pad_rows,
    read_list,
    read_page,
)
from procedures.formschema.page_visibility import see_page
from procedures.formschema.prefill import Prefill, find_offer
from procedures.formschema.types import field_types
from procedures.formschema.types.base import Refused

__all__ = ["FileView", "PageForm", "PageSetting", "build_page_form"]


@dataclass(frozen=True)
class PageSetting:
    """What surrounds a page: the day ages are counted at, the case, what may be offered, and the files.

    `files`: attachments by requirement; `file_errors`: what is wrong with a file just sent, by requirement.
    """

    on: date
    case: str = ""
    prefill: Prefill = field(default_factory=dict)
    files: Mapping[str, Sequence[FileView]] = field(default_factory=dict)
    file_errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    file_hint: str = ""
    max_file_bytes: int = 10 * 1024 * 1024


def build_page_form(
    form: FormSchema,
    page: str,
    answers: Mapping[str, Any],
    *,
    setting: PageSetting,
    data: Posted | None = None,
    check: bool = False,
) -> "PageForm":
    """The form of one page.

    `answers`: the whole draft so far, canonical or as typed. `data`: what was posted.
    `check`: show what is wrong with the stored answers at once, for somebody sent back from the overview.
    Raises KeyError for an unknown page. To use it: when `command` is set, store `draft_answers` and show the
    page again; else when `is_valid()`, store them and go on; else show the form with its errors.
    """
    return PageForm(form, form.get_page(page), answers, setting, data, check)


class PageForm(forms.Form):
    """See `build_page_form`. `command`: the button pressed, None for "save"."""

    use_required_attribute = False

    def __init__(
        self,
        schema: FormSchema,
        page: Page,
        answers: Mapping[str, Any],
        setting: PageSetting,
        data: Posted | None,
        check: bool,
    ) -> None:
        self.schema, self.page, self.setting = schema, page, setting
        self.command = find_command(page, data) if data is not None else None
        self._raw = self._read(answers, data)
        self.draft_answers = _merge(answers, page, self._raw, setting.on)
        self._result = self._clean(partial=self.command is not None)
        self._seen = see_page(schema, page, self.draft_answers, on=setting.on, case=setting.case)
        self._asked_paths = self._find_asked(data)
        builder = PageBuilder(
            self._raw,
            self._seen.hidden,
            setting.prefill,
            setting.files,
            {path.replace(".", "-"): lines for path, lines in self._result.warnings.items()},
            setting.file_hint or _default_file_hint(),
            setting.max_file_bytes,
        )
        blocks = builder.build(page)
        self._order, self._places = builder.order, builder.places
        bound = (data is not None and self.command is None) or check or bool(self._file_errors())
        super().__init__(data=builder.values if bound else None, initial=builder.values)
        self.fields.update(builder.controls)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*blocks)

    @property
    def answers(self) -> dict[str, Any]:
        """Canonical answers of all visible questions so far."""
        return self._result.answers

    @property
    def warnings(self) -> dict[str, list[str]]:
        return self._result.warnings

    def is_valid(self) -> bool:
        return super().is_valid() and not self._asked_paths and self.command is None

    def full_clean(self) -> None:
        """Puts what `clean_answers` found beside the controls; Django's own rules are not asked."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        if not self.is_bound:
            return
        for path, messages in self._result.errors.items():
            if not any(path == new or path.startswith(f"{new}.") for new in self._asked_paths):
                self._errors.setdefault(self._control_name(path), self.error_class()).extend(messages)
        for name, lines in self._file_errors().items():
            self._errors.setdefault(name, self.error_class()).extend(lines)

    @property
    def summary(self) -> list[dict[str, str]]:
        """Errors in the order of the page, with the ids they link to."""
        order = {name: n for n, name in enumerate(self._order)}
        names = sorted(self.errors, key=lambda name: order.get(name, len(order)))
        lines = [(name, str(text)) for name in names for text in self.errors[name]]
        return [{"id": self._id(name), "text": self._placed(name, text)} for name, text in lines]

    @property
    def asked(self) -> list[dict[str, str]]:
        """Questions that the answers just given have opened: they are shown and asked before going on."""
        return [
            {"id": self._id(self._control_name(path)), "text": label}
            for path, label in self._seen.conditional
            if path in self._asked_paths
        ]

    @property
    def scope(self) -> str:
        """What conditions of this page ask about that is answered elsewhere, for the browser."""
        keys = set(list_terms([part.visible_if for part in _parts(self.page)]))
        keys -= {question.key for question in self.page.fields}
        types = {key: self.schema.types[key] for key in sorted(keys) if key in self.schema.types}
        values = {key: self._seen.values.get(key) for key in types} | {CASE: self.setting.case}
        return json.dumps(
            {"answers": values, "types": types | {CASE: "choice"}, "on": self.setting.on.isoformat()}
        )

    def _read(self, answers: Mapping[str, Any], data: Posted | None) -> dict[str, Any]:
        """What the page holds. A locked value is never taken from the browser."""
        before = {question.key: answers.get(question.key) for question in self.page.fields}
        raw = read_page(self.page, data, before) if data is not None else before
        for question in self.page.fields:
            offered = find_offer(question, self.setting.prefill)
            if offered and (offered.locked or (data is None and question.key not in answers)):
                raw[question.key] = offered.value
        apply_command(self.command, self.page, raw)
        pad_rows(self.page, raw)
        return raw

    def _clean(self, *, partial: bool) -> Cleaned:
        merged = {**self.draft_answers, **self._raw}
        files = {key for key, views in self.setting.files.items() if any(not view.is_bad for view in views)}
        return clean_answers(
            self.schema,
            merged,
            page=self.page.key,
            partial=partial,
            on=self.setting.on,
            case=self.setting.case,
            files=files,
        )

    def _file_errors(self) -> dict[str, Sequence[str]]:
        """Of the files that this page asks for."""
        asked = [question.requirement for question in self.page.fields if question.type == "file"]
        return {
            f"file-{key}": self.setting.file_errors[key] for key in asked if self.setting.file_errors.get(key)
        }

    def _find_asked(self, data: Posted | None) -> frozenset[str]:
        """Paths of open questions that were not on the screen when the page was sent."""
        if data is None or self.command is not None:
            return frozenset()
        shown = {name.replace("-", ".") for name in read_list(data, SHOWN)}
        there = {
            q.key for q in self.page.fields if q.type == "file" and self.setting.files.get(q.requirement)
        }
        return frozenset(path for path, _label in self._seen.conditional if path not in shown | there)

    def _control_name(self, path: str) -> str:
        """The control an error belongs to: the first of a composite; the block of a group or of files."""
        return self._seen.control_names.get(path, path.replace(".", "-"))

    def _placed(self, name: str, text: str) -> str:
        """Names the row or the composite question first, where a page has several alike."""
        place = self._places.get(name, "")
        return f"{place}: {text}" if place else text

    def _id(self, name: str) -> str:
        if name in self.fields and self.fields[name].widget.use_fieldset:
            return f"id_{name}_0"
        return f"id_{name}" if name else ""


def _merge(answers: Mapping[str, Any], page: Page, raw: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The whole draft with this page: canonical where it can be, as typed where not, so nothing is lost."""
    merged = dict(answers)
    for question in page.fields:
        value = _keep(question, raw.get(question.key), on)
        if value in (None, "", []):
            merged.pop(question.key, None)
        else:
            merged[question.key] = value
    return merged


def _keep(question: Field, raw: Any, on: date) -> Any:
    if question.type == "group":
        rows = raw if isinstance(raw, list) else []
        return [_keep_row(question, row, on) for row in rows if isinstance(row, dict)]
    try:
        return field_types.get(question.type).clean(raw, question, on)
    except Refused:
        return raw


def _keep_row(group: Field, row: Mapping[str, Any], on: date) -> dict[str, Any]:
    kept = {column.key: _keep(column, row.get(column.key), on) for column in group.fields}
    return {key: value for key, value in kept.items() if value not in (None, "", [])}


def _parts(page: Page) -> list[Field]:
    return [part for question in page.fields for part in (question, *question.fields)]


def _default_file_hint() -> str:
    return _("Mỗi tệp tối đa 10 MB. Nhận JPG, PNG, HEIC, PDF. Chụp thẳng, đủ sáng, thấy cả bốn góc.")

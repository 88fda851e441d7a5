"""Answers at the door: from a page or from the API, the same rules decide what is kept and what is wrong."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from procedures.formschema.definition import Field, FormSchema
from procedures.formschema.guard import refuse_monsters
from procedures.formschema.identity_warnings import build_identity_warnings
from procedures.formschema.types import field_types
from procedures.formschema.types.base import Refused
from procedures.formschema.walk import Walk

Messages = dict[str, list[str]]


@dataclass(frozen=True)
class Cleaned:
    """`answers`: canonical, of visible questions only. `errors`, `warnings`: path -> sentences.

    Paths: "birth_date", "home.commune" (a part), "members.0.full_name" (a row as it was sent),
    "" for what belongs to no question. Warnings never stop anybody.
    """

    answers: dict[str, Any]
    errors: Messages
    warnings: Messages = field(default_factory=dict)

    @property
    def is_valid(self) -> bool:
        return not self.errors


def clean_answers(
    form: FormSchema,
    answers: Mapping[str, Any],
    *,
    page: str | None = None,
    partial: bool = False,
    on: date | None = None,
    case: str = "",
    files: Collection[str] | None = None,
) -> Cleaned:
    """Canonical answers, with visibility evaluated anew: hidden and unknown answers are dropped.

    `page`: report errors of this page only. `partial`: what is missing is no error. `on`: the day that ages
    and "today" mean, by default today in Việt Nam. `case`: key of the chosen case. `files`: requirements with
    at least one file; None leaves files unchecked. A repeat on its own result changes nothing.
    Raises RuleViolation `invalid_answers` or `answers_too_large` when it is no use to look inside.
    """
    refuse_monsters(answers)
    cleaner = _Cleaner(Walk(form, on=on, case=case), partial, files)
    for shown in form.pages:
        if cleaner.walk.sees(shown):
            for question in shown.fields:
                cleaner.clean(question, answers.get(question.key))
    cleaner.check()
    kept = cleaner.build_answers()
    warnings = build_identity_warnings(form, kept)
    return Cleaned(kept, _of_page(cleaner.errors, form, page), _of_page(warnings, form, page))


class _Cleaner:
    """One pass over a form. Rows keep the places they were sent in until the end, so that paths stay true."""

    def __init__(self, walk: Walk, partial: bool, files: Collection[str] | None) -> None:
        self.walk = walk
        self.partial = partial
        self.files = files
        self.errors: Messages = {}

    def clean(self, question: Field, raw: object) -> None:
        if not self.walk.sees(question):
            return
        if question.type == "group":
            self.walk.take(question, self._rows(question, raw))
        elif question.type == "file":
            self._check_file(question)
        else:
            self.walk.take(question, self._value(question, raw, question.key))

    def check(self) -> None:
        for check in self.walk.form.checks:
            if not check.group:
                self._report(check.message, check.fields, self.walk.holds(check.condition))
                continue
            group = self.walk.form.by_key[check.group]
            for n, row in enumerate(self.walk.values.get(group.key) or ()):
                paths = tuple(f"{group.key}.{n}.{key}" for key in check.fields if key in row)
                self._report(check.message, paths, bool(row) and self.walk.holds(check.condition, group, row))

    def build_answers(self) -> dict[str, Any]:
        kept = {key: self.walk.values[key] for key in self.walk.form.by_key if key in self.walk.values}
        for key, value in list(kept.items()):
            if self.walk.form.by_key[key].type == "group":
                kept[key] = [row for row in value if row]
                if not kept[key]:
                    del kept[key]
        return kept

    def _report(self, message: object, paths: tuple[str, ...], broken: bool) -> None:
        """At the questions it names, as far as they were answered; else at the first of them."""
        if not broken:
            return
        answered = [path for path in paths if "." in path or path in self.walk.values]
        for path in answered or paths[:1] or ("",):
            self.errors.setdefault(path, []).append(str(message))

    def _value(self, question: Field, raw: object, path: str) -> Any:
        kind = field_types.get(question.type)
        if not kind.is_answer:
            return None
        try:
            value = kind.clean(raw, question, self.walk.on)
            if value is None and question.required and not self.partial:
                raise kind.missing(question)
        except Refused as refused:
            for part, message in refused.parts.items():
                self.errors.setdefault(f"{path}.{part}" if part else path, []).append(message)
            return None
        return value

    def _check_file(self, question: Field) -> None:
        wanted = question.required and not self.partial and self.files is not None
        if wanted and question.requirement not in (self.files or ()):
            self.errors.setdefault(question.key, []).append(field_types.get("file").missing(question).message)

    def _rows(self, group: Field, raw: object) -> list[dict[str, Any]] | None:
        least, most = int(group.min or 0), int(group.max or 0)
        rows = [] if raw is None or raw == "" else raw
        if not isinstance(rows, list) or len(rows) > most:
            self.errors[group.key] = [_("Phần này có tối đa %(most)d dòng.") % {"most": most}]
            return None
        found = [self._row(group, row, n, must=n < least) for n, row in enumerate(rows)]
        filled = sum(1 for row in found if row)
        told = any(path.startswith(f"{group.key}.") for path in self.errors)
        if filled < max(least, int(group.required)) and not told and not self.partial:
            self.errors[group.key] = [_too_few(group, least)]
        return found if filled else None

    def _row(self, group: Field, raw: object, n: int, *, must: bool) -> dict[str, Any]:
        """An empty row beyond the least number was only opened, not answered, so nothing is asked of it."""
        path, row = f"{group.key}.{n}", dict[str, Any]()
        if not isinstance(raw, dict):
            self.errors[path] = [_("Phần này phải là một đối tượng gồm tên và giá trị.")]
            return {}
        if not must and not has_answer(group, raw):
            return {}
        for column in group.fields:
            if self.walk.sees_in_row(group, column, row):
                value = self._value(column, raw.get(column.key), f"{path}.{column.key}")
                if value is not None:
                    row[column.key] = value
        return row


def has_answer(group: Field, row: Mapping[str, Any]) -> bool:
    """Whether anything was typed or picked in a row."""
    values = [row.get(column.key) for column in group.fields]
    values += [part for value in values if isinstance(value, dict) for part in value.values()]
    return any(value not in (None, "", [], False) and not isinstance(value, dict) for value in values)


def _too_few(group: Field, least: int) -> str:
    if least <= 1:
        return field_types.get("group").missing(group).message
    return _("Phần này cần ít nhất %(least)d dòng.") % {"least": least}


def _of_page(messages: Messages, form: FormSchema, page: str | None) -> Messages:
    if page is None:
        return messages
    keys = {question.key for question in form.get_page(page).fields}
    return {path: lines for path, lines in messages.items() if path.split(".")[0] in keys}

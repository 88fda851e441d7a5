"""What a document's keys are called: cases, papers, pages, questions and answers, by the labels people read."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from procedures.comparing.changes import Document
from procedures.formschema.conditions import get_kind
from procedures.formschema.definition import CASE

Labels = dict[str, str]


@dataclass(frozen=True)
class Names:
    """Labels by key; an unknown key is called by itself, so that nothing is left out."""

    cases: Labels = field(default_factory=dict)
    papers: Labels = field(default_factory=dict)
    pages: Labels = field(default_factory=dict)
    fields: Labels = field(default_factory=dict)
    options: dict[str, Labels] = field(default_factory=dict)
    types: Labels = field(default_factory=dict)
    homes: Labels = field(default_factory=dict)
    fees: Labels = field(default_factory=dict)

    def case(self, key: object) -> str:
        return self.cases.get(str(key), str(key))

    def paper(self, key: object) -> str:
        return self.papers.get(str(key), str(key))

    def fee(self, key: object) -> str:
        return self.fees.get(str(key), str(key))

    def page(self, key: object) -> str:
        return self.pages.get(str(key), str(key))

    def field(self, key: object) -> str:
        return _("Trường hợp") if key == CASE else self.fields.get(str(key), str(key))

    def kind(self, key: object) -> str:
        """How answers of a question are compared."""
        return get_kind(self.types.get(str(key), ""))

    def answer(self, field_key: object, value: object) -> str:
        """An answer of a question as its option reads."""
        known = self.cases if field_key == CASE else self.options.get(str(field_key), {})
        return known.get(str(value), "")


def build_names(*documents: Document) -> Names:
    """Of all the documents; what a later one says wins."""
    names = Names()
    for document in documents:
        names.cases.update(_labels(document.get("cases"), "label"))
        names.papers.update(_labels(document.get("requirements"), "name"))
        names.fees.update(_labels(list(reversed(objects(document.get("fees")))), "label"))
        form = document.get("form")
        pages = objects(form.get("pages")) if isinstance(form, Mapping) else []
        names.pages.update(_labels(pages, "title"))
        for page, question in _questions(pages):
            _learn(names, page, question)
    _tell_apart(names.fields, names.homes)
    for labels in (names.cases, names.papers, names.fees, names.pages, names.fields, *names.options.values()):
        _tell_apart(labels)
    for document in documents:
        _learn_guide(names, document.get("guide"))
    return names


def _learn_guide(names: Names, guide: object) -> None:
    """Its questions are asked apart from the form, so they are no namesakes of the form's."""
    for question in objects(guide.get("questions")) if isinstance(guide, Mapping) else ():
        if str(question.get("key")) not in names.homes:
            _learn(names, {}, question)
            del names.homes[str(question.get("key"))]


def _learn(names: Names, page: Mapping[str, Any], question: Mapping[str, Any]) -> None:
    key = str(question.get("key"))
    names.fields[key] = vietnamese(question.get("label")) or key
    names.types[key] = str(question.get("type"))
    names.homes[key] = vietnamese(page.get("title"))
    names.options.setdefault(key, {}).update(_labels(question.get("options"), "label", key="value"))


def _tell_apart(labels: Labels, by: Labels | None = None) -> None:
    """Two keys of one label would read as the same thing: told apart by their page, else by their keys."""
    often = Counter(labels.values())
    for key, label in labels.items():
        more = by.get(key, "") if by is not None else key
        if often[label] > 1 and more:
            labels[key] = f"{label} ({more})"


def objects(value: object) -> list[Mapping[str, Any]]:
    """The objects of a list; a draft may hold anything."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def vietnamese(value: object) -> str:
    """The Vietnamese of a text, whatever stands there."""
    found = value.get("vi") if isinstance(value, Mapping) else value
    return found if isinstance(found, str) else ""


def _questions(pages: list[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for page in pages:
        for question in objects(page.get("fields")):
            yield page, question
            yield from ((page, column) for column in objects(question.get("fields")))


def _labels(value: object, name: str, *, key: str = "key") -> Labels:
    return {str(item.get(key)): vietnamese(item.get(name)) or str(item.get(key)) for item in objects(value)}

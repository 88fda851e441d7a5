"""The page of one question: its choices, how far it is, what it carries along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.content import Content
from procedures.formschema.definition import Field
from procedures.formschema.types import field_types
from procedures.guide.definition import AGENCY, UNSURE
from procedures.guide.links import Pairs, check_href, find_back, list_hidden, pairs_of
from procedures.guide.places import PlaceList, find_places
from procedures.guide.walk import UNSURE_WORDS, Walk

if TYPE_CHECKING:
    from portal.accounts.models import Agency
    from procedures.models import Procedure


@dataclass(frozen=True)
class Ask:
    """One question on the page. `choices`: radio buttons; without them something is typed."""

    field: Field
    choices: tuple[Mapping[str, str], ...]
    value: str
    error: str
    inputmode: str
    label: str
    hint: str


@dataclass(frozen=True)
class QuestionPage:
    procedure: Procedure
    content: Content
    asks: tuple[Ask, ...]
    step: str
    about: tuple[Any, ...]
    hidden: Pairs
    number: int
    progress: str
    back_href: str
    places: PlaceList | None
    errors: tuple[Mapping[str, str], ...]


def build_question(
    procedure: Procedure, walk: Walk, given: Mapping[str, str], agencies: Sequence[Agency]
) -> QuestionPage:
    """The page of the question that is to be answered now."""
    step = walk.current
    if step is None:
        raise ValueError("the check is finished")
    before = find_back(walk)
    pairs = pairs_of(walk)
    href = check_href(procedure, pairs, before.step) if before else ""
    number = len({item.step for item in walk.taken}) + 1
    places = find_places(agencies, given.get("find", "")) if step.key == AGENCY else None
    is_first = bool(walk.guide.questions) and step.key == walk.guide.questions[0].field.key
    return QuestionPage(
        procedure=procedure,
        content=walk.content,
        asks=tuple(_ask(question, walk, given) for question in step.fields),
        step=step.key,
        about=walk.guide.about if is_first else (),
        hidden=list_hidden(walk, given),
        number=number,
        progress=_describe_progress(number, walk.ahead),
        back_href=href or reverse("procedures:detail", args=[procedure.code]),
        places=places,
        errors=tuple({"text": text, "id": key} for key, text in walk.errors.items()),
    )


def _describe_progress(number: int, ahead: int) -> str:
    if not ahead:
        return _("Câu %(number)d, câu cuối") % {"number": number}
    rest = ngettext("còn nhiều nhất %(ahead)d câu", "còn nhiều nhất %(ahead)d câu", ahead) % {"ahead": ahead}
    return _("Câu %(number)d, %(rest)s") % {"number": number, "rest": rest}


def _ask(question: Field, walk: Walk, given: Mapping[str, str]) -> Ask:
    choices = [
        {"value": option.value, "label": str(option.label), "small": str(option.hint)}
        for option in question.options
    ]
    if question.type == "boolean":
        choices = [
            {"value": "true", "label": _("Có"), "small": ""},
            {"value": "false", "label": _("Không"), "small": ""},
            {"value": UNSURE, "label": str(UNSURE_WORDS), "small": ""},
        ]
    control = field_types.get(question.type).first(question)
    return Ask(
        field=question,
        choices=tuple(choices),
        value=given.get(question.key, "")[:200],
        error=walk.errors.get(question.key, ""),
        inputmode=control.inputmode,
        label=str(question.label),
        hint=str(question.hint) or (control.hint if question.type == "date" else ""),
    )

"""The start page of filing: everything to know before sign-in, then the two things to choose."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from procedures import selectors as catalogue
from procedures.content import Content
from procedures.guide.places import sort_by_place

Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """A radio button for components/choices.html."""

    value: str
    label: str
    small: str


def list_case_choices(content: Content) -> list[CaseChoice]:
    return [CaseChoice(case.key, str(case.label), str(case.hint)) for case in content.cases]


def list_agency_options(content: Content) -> list[Option]:
    """Agencies that perform the procedure now, by name; the blank one first where there is a choice."""
    agencies = sort_by_place(catalogue.list_performing_agencies(content))
    options = [(agency.code, agency.name) for agency in agencies]
    return options if len(options) == 1 else [("", _("Chọn nơi nhận hồ sơ")), *options]


def list_case_options(content: Content) -> Sequence[Option]:
    return [(case.key, str(case.label)) for case in content.cases]

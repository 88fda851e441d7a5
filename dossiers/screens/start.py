"""The start page of filing: everything to know before sign-in, then the two things to choose."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from portal.core.text import sort_key
from procedures import selectors as catalogue
from procedures.content import Content

if TYPE_CHECKING:
    from portal.accounts.models import Agency

Option = tuple[str, str]
_COMMON = ("Ủy ban nhân dân ", "Công an ")


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
    agencies = sorted(catalogue.list_performing_agencies(content), key=_by_place)
    options = [(agency.code, agency.name) for agency in agencies]
    return options if len(options) == 1 else [("", _("Chọn nơi nhận hồ sơ")), *options]


def list_case_options(content: Content) -> Sequence[Option]:
    return [(case.key, str(case.label)) for case in content.cases]


def _by_place(agency: "Agency") -> tuple[str, str]:
    """People look for the place: "xã An Bình" stands under A, beside the ward of that name."""
    name = agency.name
    for common in _COMMON:
        name = name.removeprefix(common)
    kind, _blank, place = name.partition(" ")
    known = kind.lower() in {"xã", "phường", "tỉnh"}
    return (sort_key(place), kind) if known and place else (sort_key(name), "")

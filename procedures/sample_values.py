"""Plausible values for each type of question: of people who do not exist, at a place everybody knows.

Questions whose keys begin alike ("mother_name", "mother_birth_date") are about one person, so that name, sex,
day of birth and number fit together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from procedures.formschema.definition import Field, FormSchema
from procedures.formschema.identity_numbers import FEMALE, GENDERS, MALE
from procedures.formschema.places import list_communes
from procedures.formschema.types import field_types

_PROVINCE = "37"
_NAMES = {
    MALE: ("Nguyễn Văn Mẫu", "Lê Văn Ví Dụ", "Phạm Văn Thử", "Hoàng Văn Giả Định"),
    FEMALE: ("Trần Thị Mẫu", "Vũ Thị Ví Dụ", "Đỗ Thị Thử", "Bùi Thị Giả Định"),
}
_SUFFIXES = (
    "_name", "_full_name", "_birth_date", "_gender", "_national_id", "_identity", "_id", "_phone", "_email",
    "_address", "_ethnicity", "_nationality", "_tax_code", "_document",
)  # fmt: skip
_WOMEN = ("mother", "wife", "bride", "second")
_AGES = {
    "child": (0, 3, 9, 15), "pupil": (9, 5, 16, 13), "children": (9, 3, 1), "elder": (82, 77), "mother": (58, 34, 70),
    "father": (60, 36, 72), "deceased": (84, 70, 60), "martyr": (75, 90), "beneficiary": (36, 9, 2, 19, 72, 82),
    "parent": (38, 60),
}  # fmt: skip
_USUAL_AGES = (36, 82, 72, 58, 22, 17, 9, 2)
_LIKELY_NOT = ("convicted", "foreign", "monthly", "dispute", "debt", "adds_", "is_disabled")


@dataclass(frozen=True)
class _Person:
    number: int
    gender: str
    birth_dates: tuple[str, ...]

    @property
    def name(self) -> str:
        names = _NAMES[self.gender]
        return names[self.number // 2 % len(names)]

    def identity_number(self, birth: str, gender: str) -> str:
        """Its place is a province, its digits say sex and year of birth as the law has it."""
        century = (int(birth[:2]) - 19) * 2 + (gender == FEMALE)
        return f"037{century}{birth[2:4]}{self.number + 1:06d}"


Maker = Callable[[Field, _Person, int], list[Any]]
"""Values for a question about a person, in the given row of its group."""


class SampleValues:
    """See the module. `on`: the day that ages are counted at."""

    def __init__(self, form: FormSchema, on: date) -> None:
        self.on = on
        self.people: dict[str, _Person] = {}
        self.makers: Mapping[str, Maker] = {
            **_MAKERS,
            "text": self._text,
            "paragraph": self._paragraph,
            "date": self._day,
            "partial_date": self._day,
            "tax_code": self._number,
            "national_id": self._number,
            "identity_document": self._paper,
        }
        for question in form.fields():
            for part in (question, *question.fields):
                self._person_of(part)

    def list_values(self, question: Field, row: int = 0) -> list[Any]:
        """Values to try, the likeliest first; none where nothing is asked."""
        maker = self.makers.get(question.type)
        return maker(question, self._person_of(question), row) if maker else []

    def _person_of(self, question: Field) -> _Person:
        suffix = next(
            (end for end in sorted(_SUFFIXES, key=len, reverse=True) if question.key.endswith(end)), ""
        )
        who = question.key.removesuffix(suffix) if suffix else question.key.split("_")[0]
        if who not in self.people:
            self.people[who] = self._new_person(who)
        return self.people[who]

    def _new_person(self, who: str) -> _Person:
        number = len(self.people)
        is_woman = any(word in who for word in _WOMEN)
        ages = next((ages for word, ages in _AGES.items() if word in who), _USUAL_AGES)
        return _Person(number, FEMALE if is_woman else MALE, tuple(self._born(age) for age in ages))

    def _born(self, age: int) -> str:
        if age == 0:
            return (self.on - timedelta(days=10)).isoformat()
        return f"{self.on.year - age - 1}-03-15"

    def _day(self, question: Field, person: _Person, row: int) -> list[Any]:
        if "birth" in question.key:
            return list(person.birth_dates)
        days = (30, 60, 365) if question.min == "today" else (-20, -10, -400, -3000, -9000, -16000)
        later = any(word in question.key for word in ("until", "_to", "end"))
        shift = 15 if later else 0
        return [(self.on + timedelta(days=day + shift)).isoformat() for day in days] + [
            (self.on + timedelta(days=day)).isoformat() for day in (30, 200)
        ]

    def _number(self, question: Field, person: _Person, row: int) -> list[Any]:
        genders = sorted((MALE, FEMALE), key=lambda gender: gender != person.gender)
        numbers = [person.identity_number(birth, sex) for sex in genders for birth in person.birth_dates]
        return [str(int(number) + row).zfill(12) for number in numbers]

    def _paper(self, question: Field, person: _Person, row: int) -> list[Any]:
        kinds = field_types.get(question.type).papers(question)  # type: ignore[attr-defined]
        issued = {
            "issued_on": "2021-08-15",
            "issued_by": _("Cục Cảnh sát quản lý hành chính về trật tự xã hội"),
        }
        numbers = {"old_id": "162000001", "passport": "B0000001", "birth_certificate": "01/2020"}
        papers = [
            {"type": kind, "number": number, **issued}
            for kind in kinds
            if kind != "none"
            for number in ([numbers[kind]] if kind in numbers else self._number(question, person, row))
        ]
        return papers or [{"type": "none"}]

    def _text(self, question: Field, person: _Person, row: int) -> list[Any]:
        words = _("Ví dụ %(lead)s") % {"lead": question.lead.rstrip("?")}
        found = next((text for part, text in _texts().items() if part in question.key), words)
        most = question.max_length or len(found)
        return [found[:most].strip(), found[:most].strip()[:-1] + "2", "12", "1"]

    def _paragraph(self, question: Field, person: _Person, row: int) -> list[Any]:
        text = _("Ghi rõ %(lead)s, như trên giấy tờ.") % {"lead": question.lead.rstrip("?")}
        return [text[: question.max_length or len(text)], _("Ghi như trên giấy tờ.")]


def _texts() -> dict[str, str]:
    """What is written where a part of the key says what is asked."""
    return {
        "facility": _("Bệnh viện Đa khoa Minh Họa"),
        "issued_by": _("Ủy ban nhân dân xã Minh Họa"),
        "organisation_name": _("Công ty TNHH Minh Họa"),
        "business_name": _("Hộ kinh doanh Minh Họa"),
        "school": _("Trường Tiểu học Minh Họa"),
        "bank": _("Ngân hàng Minh Họa"),
        "account": "000100020003",
        "licence": "MH-00012345",
        "plot": "12",
        "number": "12/2020",
        "relation": _("Con"),
    }


def _clamped(question: Field, wanted: tuple[float, ...]) -> list[Any]:
    least = question.min if isinstance(question.min, int) else 0
    most = question.max if isinstance(question.max, int) else None
    return [max(least, value) if most is None else min(max(least, value), most) for value in wanted]


def _integer(question: Field, person: _Person, row: int) -> list[Any]:
    return _clamped(question, (2, 1, 3, 12, 0, 50))


def _money(question: Field, person: _Person, row: int) -> list[Any]:
    return _clamped(question, (50_000_000, 5_000_000, 500_000))


def _decimal(question: Field, person: _Person, row: int) -> list[Any]:
    return _clamped(question, (80, 120, 45, 240, 8))


def _option(question: Field, person: _Person, row: int) -> list[Any]:
    values = [option.value for option in question.options]
    if "gender" in question.key:
        return sorted(values, key=lambda value: GENDERS.get(value) != person.gender)
    return values


def _yes_or_no(question: Field, person: _Person, row: int) -> list[Any]:
    return [False, True] if any(part in question.key for part in _LIKELY_NOT) else [True, False]


def _address(question: Field, person: _Person, row: int) -> list[Any]:
    commune = next(iter(list_communes(_PROVINCE)))
    return [{"province": _PROVINCE, "commune": commune, "village": _("Thôn Ví Dụ"), "line": _("Số 1")}]


def _name(question: Field, person: _Person, row: int) -> list[Any]:
    return [person.name, _NAMES[person.gender][-1]]


def _several(question: Field, person: _Person, row: int) -> list[Any]:
    return [[value] for value in _option(question, person, row)]


def _always(*values: Any) -> Maker:
    return lambda _question, _person, _row: list(values)


_MAKERS: Mapping[str, Maker] = {
    "person_name": _name,
    "integer": _integer,
    "money": _money,
    "decimal": _decimal,
    "time": _always("07:30"),
    "choice": _option,
    "choices": _several,
    "boolean": _yes_or_no,
    "declaration": _always(*(True,)),
    "phone": _always("0900000001"),
    "email": _always("mau@vidu.vn"),
    "ethnicity": _always("Kinh", "Tày"),
    "nationality": _always("VN"),
    "address": _address,
}

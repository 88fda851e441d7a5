"""Names of people, their ethnicity and their nationality."""

import unicodedata
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from portal.core.jsontypes import Json, JsonObject
from portal.core.text import fold
from procedures.formschema.definition import Field
from procedures.formschema.nations import ETHNICITIES, get_nation, list_nations
from procedures.formschema.types.base import BaseType, Choice, Input, Refused, Shown, ask, own_token
from procedures.formschema.types.choosing import ChoiceType

NAME_LENGTH = 120
NAME_MARKS = " -.,/()'`’‘ʼ"
"""Signs that stand in names as they are written in passports and old papers."""
NAME_PATTERN = (
    r"^(?=[\s\S]*[A-Za-z\u00aa-\uffff])"
    r"[^\u0000-\u0008\u000b\u000c\u000e-\u001f!-&*+0-9:-@\[-_{-~\u007f\u200b-\u200f\u202a-\u202e\ud800-\udfff]*$"
)
"""The same for JSON Schema, as far as a pattern without Unicode classes can say it."""


class PersonNameType(BaseType):
    """A name as it is written on papers: one word is enough, any letter of any script, no digits."""

    name, title = "person_name", "Họ tên người"
    prefill = frozenset({"person.full_name", "organisation.representative"})

    def parse(self, text: str, field: Field, on: date) -> Json:
        if len(text) > NAME_LENGTH:
            raise Refused(_("Tên dài quá %(most)d chữ cái. Ghi như trên giấy tờ.") % {"most": NAME_LENGTH})
        for letter in text:
            if letter.isdigit():
                raise Refused(_("Tên không có chữ số. Bạn đã gõ “%(letter)s”.") % {"letter": letter})
            if unicodedata.category(letter)[0] not in "LM" and letter not in NAME_MARKS:
                raise Refused(_("Tên không có dấu “%(letter)s”. Ghi như trên giấy tờ.") % {"letter": letter})
        if not any(letter.isalpha() for letter in text):
            raise Refused(_("Ghi tên bằng chữ, như trên giấy tờ."))
        return text

    def json_schema(self, field: Field) -> JsonObject:
        return {"type": "string", "minLength": 1, "maxLength": NAME_LENGTH, "pattern": NAME_PATTERN}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return (Input(autocomplete=own_token(field, "name")),)


class EthnicityType(ChoiceType):
    """One of the 54 peoples, by the code of Quyết định 121-TCTK/PPCĐ; a name is understood too."""

    name, title = "ethnicity", "Dân tộc"
    prefill = frozenset({"person.ethnicity"})
    settings = frozenset()

    def parse(self, text: str, field: Field, on: date) -> Json:
        code = text if text in ETHNICITIES else _folded_peoples().get(fold(text))
        if code is None:
            raise Refused(_("Không có dân tộc “%(text)s” trong danh sách. Chọn lại giúp.") % {"text": text})
        return code

    def first(self, field: Field) -> Input:
        return Input(widget="select")

    def choices(self, field: Field) -> tuple[Choice, ...]:
        return tuple(Choice(code, name) for code, name in ETHNICITIES.items())


@cache
def _folded_peoples() -> dict[str, str]:
    return {fold(name): code for code, name in ETHNICITIES.items()}


class NationalityType(ChoiceType):
    """A country by its ISO 3166 code of two letters, XX for nobody's citizen; a name is understood too."""

    name, title = "nationality", "Quốc tịch"
    prefill = frozenset({"person.nationality"})
    settings = frozenset()

    def parse(self, text: str, field: Field, on: date) -> Json:
        nations = list_nations()
        code = text.upper() if text.upper() in nations else None
        if code is None:
            code = {fold(name): key for key, name in nations.items()}.get(fold(text))
        if code is None:
            raise Refused(_("Không có quốc tịch “%(text)s” trong danh sách. Chọn lại giúp.") % {"text": text})
        return code

    def missing(self, field: Field) -> Refused:
        return Refused(ask(field, _("Chọn %(lead)s.")))

    def display(self, value: Any, field: Field) -> str:
        return get_nation(str(value or ""))

    def first(self, field: Field) -> Input:
        return Input(widget="select")

    def choices(self, field: Field) -> tuple[Choice, ...]:
        return tuple(Choice(code, name) for code, name in list_nations().items())

"""Lines, paragraphs, addresses of mail and telephone numbers."""

from datetime import date
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from portal.core.jsontypes import Json, JsonObject
from procedures.formschema.definition import Field
from procedures.formschema.types.base import (
    TEXT_PATTERN,
    BaseType,
    Input,
    Refused,
    Shown,
    own_token,
    quote,
    read_text,
)

LINE_LENGTH = 200
PARAGRAPH_LENGTH = 4000
LONG_LINE = 60
ADDRESS_PATTERN = r"^[!-?A-~]+@[^@\s]+\.[^@\s.]+$"


class TextType(BaseType):
    """One line of text."""

    name, title = "text", "Chữ ngắn"
    prefill = frozenset({"organisation.name", "organisation.representative"})
    settings = frozenset({"max_length"})

    def parse(self, text: str, field: Field, on: date) -> Json:
        return _refuse_long(text, field.max_length or LINE_LENGTH)

    def json_schema(self, field: Field) -> JsonObject:
        return _text_schema(field.max_length or LINE_LENGTH)

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        token = "organization" if field.prefill == "organisation.name" else "off"
        width = "w-l" if (field.max_length or LINE_LENGTH) < LONG_LINE else ""
        return (Input(autocomplete=token, width=width),)


class ParagraphType(BaseType):
    """Several lines of text; line breaks are kept."""

    name, title = "paragraph", "Đoạn văn"
    settings = frozenset({"max_length"})

    def clean(self, raw: object, field: Field, on: date) -> Json:
        return _refuse_long(read_text(raw), field.max_length or PARAGRAPH_LENGTH) or None

    def json_schema(self, field: Field) -> JsonObject:
        return _text_schema(field.max_length or PARAGRAPH_LENGTH)

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return (Input(widget="area"),)


def _text_schema(most: int) -> JsonObject:
    return {"type": "string", "minLength": 1, "maxLength": most, "pattern": TEXT_PATTERN}


def _refuse_long(text: str, most: int) -> str:
    if len(text) > most:
        raise Refused(
            _("Dài quá %(most)d chữ cái. Bạn đã gõ %(length)d, hãy viết gọn lại.")
            % {"most": most, "length": len(text)}
        )
    return text


class EmailType(BaseType):
    """An e-mail address, kept as typed but for the letter case of its domain."""

    name, title = "email", "Thư điện tử"
    prefill = frozenset({"person.email", "organisation.email"})

    def parse(self, text: str, field: Field, on: date) -> Json:
        local, at, domain = text.rpartition("@")
        if not at:
            raise Refused(
                _("Thư điện tử cần có dấu @, ví dụ ten@thu.vn. Bạn đã gõ “%(text)s”.") % {"text": quote(text)}
            )
        try:
            validate_email(text)
        except ValidationError as error:
            raise Refused(
                _("Thư điện tử có dạng ten@thu.vn, không dấu cách. Bạn đã gõ “%(text)s”.")
                % {"text": quote(text)}
            ) from error
        return f"{local}@{domain.lower()}"

    def json_schema(self, field: Field) -> JsonObject:
        return {"type": "string", "format": "email", "pattern": ADDRESS_PATTERN}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return (Input(kind="email", inputmode="email", autocomplete=own_token(field, "email")),)


class PhoneType(BaseType):
    """A telephone number in E.164 (+84912345678); typed in any way, Vietnamese without a country code."""

    name, title = "phone", "Số điện thoại"
    prefill = frozenset({"person.phone", "organisation.phone"})

    def parse(self, text: str, field: Field, on: date) -> Json:
        try:
            number = phonenumbers.parse(text, "VN")
        except phonenumbers.NumberParseException as error:
            raise Refused(
                _("Chưa đọc được số “%(text)s”. Gõ số điện thoại như 0912 345 678.") % {"text": quote(text)}
            ) from error
        if not phonenumbers.is_valid_number(number):
            raise Refused(_wrong_number(text, number))
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def json_schema(self, field: Field) -> JsonObject:
        return {"type": "string", "pattern": r"^\+[1-9]\d{5,14}$"}

    def show(self, value: Any, field: Field) -> Shown:
        try:
            number = phonenumbers.parse(str(value or ""), "VN")
        except phonenumbers.NumberParseException:
            return {"": str(value or "")}
        style = phonenumbers.PhoneNumberFormat
        home = number.country_code == phonenumbers.country_code_for_region("VN")
        if not phonenumbers.is_valid_number(number):
            return {"": str(value)}
        return {"": phonenumbers.format_number(number, style.NATIONAL if home else style.INTERNATIONAL)}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return (Input(kind="tel", inputmode="tel", autocomplete=own_token(field, "tel"), width="w-l"),)


def _wrong_number(text: str, number: phonenumbers.PhoneNumber) -> str:
    if number.country_code != phonenumbers.country_code_for_region("VN"):
        return _("Số “%(text)s” không đúng với nước của mã vùng đó. Xem lại giúp.") % {"text": quote(text)}
    digits = sum(letter.isdigit() for letter in text)
    return _("Số di động có 10 chữ số, ví dụ 0912 345 678. Bạn đã gõ %(digits)d chữ số: “%(text)s”.") % {
        "digits": digits,
        "text": quote(text),
    }

"""Numbers that say who somebody is: the citizen's and the tax payer's."""

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError
from stdnum.vn import mst

from portal.core.jsontypes import Json, JsonObject
from procedures.formschema.definition import Field
from procedures.formschema.identity_numbers import LENGTH, OLD_LENGTH, show_number
from procedures.formschema.types.base import BaseType, Input, Refused, Shown, quote

TAX_LENGTHS = (10, LENGTH, 13)
SEPARATORS = re.compile(r"[\s.\-–]")


class NationalIdType(BaseType):
    """The citizen's number of 12 digits, typed with or without blanks."""

    name, title = "national_id", "Số định danh"
    prefill = frozenset({"person.national_id"})

    def parse(self, text: str, field: Field, on: date) -> Json:
        return read_national_id(text)

    def json_schema(self, field: Field) -> JsonObject:
        return {"type": "string", "pattern": "^[0-9]{12}$"}

    def show(self, value: Any, field: Field) -> Shown:
        return {"": show_number(str(value or ""))}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return (Input(inputmode="numeric", width="w-l", hint=_("12 chữ số trên thẻ căn cước")),)

    def print_text(self, value: Any, field: Field) -> str:
        return str(value or "")


class TaxCodeType(BaseType):
    """A tax number of 10 digits, with a branch's 3 more, or a person's 12 (since 1 July 2025)."""

    name, title = "tax_code", "Mã số thuế"
    prefill = frozenset({"organisation.tax_code", "person.national_id"})

    def parse(self, text: str, field: Field, on: date) -> Json:
        digits = SEPARATORS.sub("", text)
        if not (digits.isascii() and digits.isdigit()) or len(digits) not in TAX_LENGTHS:
            raise Refused(
                _("Mã số thuế có 10, 12 hoặc 13 chữ số. Xem lại số “%(text)s”.") % {"text": quote(text)}
            )
        if len(digits) == LENGTH:
            return digits
        try:
            number = mst.validate(digits)
        except ValidationError as error:
            raise Refused(
                _("Mã số thuế “%(text)s” sai một chữ số. Xem lại trên giấy đăng ký.") % {"text": quote(text)}
            ) from error
        return str(mst.format(number))

    def json_schema(self, field: Field) -> JsonObject:
        return {"type": "string", "pattern": "^([0-9]{10}(-[0-9]{3})?|[0-9]{12})$"}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return (Input(inputmode="numeric", width="w-l"),)


def read_national_id(text: str) -> str:
    """Twelve digits. Raises Refused with the reason."""
    digits = SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        raise Refused(_("Số định danh chỉ có chữ số. Bạn đã gõ “%(text)s”.") % {"text": quote(text)})
    if len(digits) == OLD_LENGTH:
        raise Refused(_("Đây là số chứng minh nhân dân cũ, 9 số. Nhập số định danh 12 số trên thẻ căn cước."))
    if len(digits) != LENGTH:
        raise Refused(_("Số định danh có 12 chữ số. Bạn đã gõ %(digits)d.") % {"digits": len(digits)})
    return digits

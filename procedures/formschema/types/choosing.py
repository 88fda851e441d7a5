"""Answers that are picked: one, several, yes or no, and the tick under a declaration."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.core.jsontypes import Json, JsonObject
from procedures.formschema.definition import Field
from procedures.formschema.types.base import BaseType, Choice, Input, Refused, Shown, ask, read_text

MOST_RADIOS = 6
TRUE, FALSE = "true", "false"


class ChoiceType(BaseType):
    """One of the options. Few are radio buttons, many a list."""

    name, title = "choice", "Một lựa chọn"
    prefill = frozenset({"person.gender"})
    settings = frozenset({"options"})

    def parse(self, text: str, field: Field, on: date) -> Json:
        if text not in self.values(field):
            raise Refused(_("Lựa chọn “%(text)s” không có ở đây. Chọn lại giúp.") % {"text": text})
        return text

    def missing(self, field: Field) -> Refused:
        return Refused(ask(field, _("Chọn %(lead)s.")))

    def json_schema(self, field: Field) -> JsonObject:
        return {"type": "string", "enum": list(self.values(field))}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        choices = self.choices(field)
        if len(choices) <= MOST_RADIOS:
            return (Input(widget="radios", choices=choices),)
        blank = Choice("", ask(field, _("Chọn %(lead)s")))
        return (Input(widget="select", choices=(blank, *choices), width="w-l"),)

    def display(self, value: Any, field: Field) -> str:
        labels = {choice.value: choice.label for choice in self.choices(field)}
        return labels.get(str(value or ""), str(value or ""))

    def choices(self, field: Field) -> tuple[Choice, ...]:
        return tuple(Choice(option.value, str(option.label), str(option.hint)) for option in field.options)

    def values(self, field: Field) -> list[str]:
        return [choice.value for choice in self.choices(field)]


class ChoicesType(ChoiceType):
    """Any number of the options, kept in the order they are listed."""

    name, title = "choices", "Nhiều lựa chọn"
    prefill = frozenset()

    def clean(self, raw: object, field: Field, on: date) -> Json:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, list) or len(raw) > len(field.options):
            raise Refused(_("Chọn lại các ô cần đánh dấu."))
        picked = {self.parse(read_text(item), field, on) for item in raw if item != ""}
        return [value for value in self.values(field) if value in picked] or None

    def missing(self, field: Field) -> Refused:
        return Refused(ask(field, _("Chọn ít nhất một mục cho phần %(lead)s.")))

    def json_schema(self, field: Field) -> JsonObject:
        items: JsonObject = {"type": "string", "enum": list(self.values(field))}
        return {"type": "array", "items": items, "uniqueItems": True, "minItems": 1}

    def show(self, value: Any, field: Field) -> Shown:
        return {"": value if isinstance(value, list) else []}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return (Input(widget="checks", choices=self.choices(field), hint=_("Chọn một hoặc nhiều mục")),)

    def display(self, value: Any, field: Field) -> str:
        labels = {choice.value: choice.label for choice in self.choices(field)}
        values = value if isinstance(value, list) else []
        return ", ".join(labels.get(str(item), str(item)) for item in values)


class BooleanType(BaseType):
    """Yes or no; "no" is an answer too."""

    name, title = "boolean", "Có hoặc không"

    def clean(self, raw: object, field: Field, on: date) -> Json:
        if isinstance(raw, bool) or raw is None:
            return raw
        text = read_text(raw)
        if text not in (TRUE, FALSE, ""):
            raise Refused(_("Chọn Có hoặc Không."))
        return None if not text else text == TRUE

    def missing(self, field: Field) -> Refused:
        return Refused(ask(field, _("Chọn Có hoặc Không: %(lead)s.")))

    def json_schema(self, field: Field) -> JsonObject:
        return {"type": "boolean"}

    def show(self, value: Any, field: Field) -> Shown:
        return {"": (TRUE if value else FALSE) if isinstance(value, bool) else str(value or "")}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return (Input(widget="radios", choices=(Choice(TRUE, _("Có")), Choice(FALSE, _("Không")))),)

    def display(self, value: Any, field: Field) -> str:
        return (_("Có") if value else _("Không")) if isinstance(value, bool) else ""


class DeclarationType(BaseType):
    """A sentence that is declared by ticking; never ticked beforehand, and only "true" is an answer."""

    name, title = "declaration", "Lời cam đoan"

    def clean(self, raw: object, field: Field, on: date) -> Json:
        if raw is True or (isinstance(raw, str) and read_text(raw) in (TRUE, "on")):
            return True
        if raw in (None, False, "", FALSE):
            return None
        raise Refused(_("Đánh dấu vào ô này nếu bạn đồng ý."))

    def missing(self, field: Field) -> Refused:
        return Refused(_("Đọc rồi đánh dấu vào ô này thì mới nộp được hồ sơ."))

    def json_schema(self, field: Field) -> JsonObject:
        return {"type": "boolean", "const": True} if field.required else {"type": "boolean"}

    def show(self, value: Any, field: Field) -> Shown:
        return {"": TRUE if value in (True, TRUE, "on") else ""}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return (Input(widget="tick"),)

    def display(self, value: Any, field: Field) -> str:
        return _("Đã cam đoan") if value is True else ""

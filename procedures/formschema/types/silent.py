"""Parts of a page that are no answer of their own: files, groups of rows, and notes."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.core.jsontypes import Json, JsonObject
from procedures.formschema.definition import Field
from procedures.formschema.types.base import BaseType, Input, Refused, Shown, ask


class FileType(BaseType):
    """Names a requirement; its files are attachments of the dossier, so there is no answer."""

    name, title = "file", "Tệp"
    settings = frozenset({"requirement"})
    is_answer = False

    def clean(self, raw: object, field: Field, on: date) -> Json:
        return None

    def missing(self, field: Field) -> Refused:
        return Refused(ask(field, _("Chọn tệp: %(lead)s.")))

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return ()


class GroupType(BaseType):
    """Rows of the same questions. `min` and `max` rows; the form's cleaner walks through them."""

    name, title = "group", "Nhóm lặp lại"
    settings = frozenset({"min", "max", "fields", "row_label", "add_label"})

    def missing(self, field: Field) -> Refused:
        return Refused(ask(field, _("Thêm ít nhất một người hoặc một mục: %(lead)s.")))

    def json_schema(self, field: Field) -> JsonObject:
        return {"type": "array", "items": {"type": "object"}}

    def show(self, value: Any, field: Field) -> Shown:
        return {}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return ()

    def display(self, value: Any, field: Field) -> str:
        count = len(value) if isinstance(value, list) else 0
        return _("%(count)d mục") % {"count": count}


class NoteType(BaseType):
    """Words between questions; nothing is asked."""

    name, title = "note", "Lời nhắc"
    is_answer = False

    def clean(self, raw: object, field: Field, on: date) -> Json:
        return None

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return ()

"""Papers that say who somebody is, with their numbers."""

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.core.jsontypes import Json, JsonObject
from procedures.formschema.definition import Field
from procedures.formschema.identity_numbers import OLD_LENGTH, show_number
from procedures.formschema.nations import get_nation, list_nations
from procedures.formschema.types.base import (
    TEXT_PATTERN,
    BaseType,
    Choice,
    Input,
    PartFaults,
    Refused,
    Shown,
    ask,
    quote,
    read_parts,
)
from procedures.formschema.types.dates import FULL
from procedures.formschema.types.days import parse_day, show_day
from procedures.formschema.types.identity import SEPARATORS, read_national_id

CITIZEN_ID, OLD_ID, PASSPORT = "citizen_id", "old_id", "passport"
BIRTH_CERTIFICATE, NUMBER_ONLY, NONE_YET = "birth_certificate", "number_only", "none"
PAPERS = (CITIZEN_ID, OLD_ID, PASSPORT, BIRTH_CERTIFICATE, NUMBER_ONLY, NONE_YET)
PARTS = ("type", "number", "issued_on", "issued_by", "country")
ISSUED = (CITIZEN_ID, OLD_ID, PASSPORT, BIRTH_CERTIFICATE)
PLACE_LENGTH = 200
PASSPORT_NUMBER = re.compile(r"[A-Z0-9]{5,20}")
CERTIFICATE_NUMBER = re.compile(r"[\w/.\-]{1,40}")


NUMBER_PATTERNS = {
    CITIZEN_ID: "^[0-9]{12}$",
    NUMBER_ONLY: "^[0-9]{12}$",
    OLD_ID: "^[0-9]{9}$",
    PASSPORT: "^[A-Z0-9]{5,20}$",
    BIRTH_CERTIFICATE: r"^[^\s!-,:-@\[-^`{-~\ud800-\udfff]{1,40}$",
}


def paper_names() -> dict[str, str]:
    return {
        CITIZEN_ID: _("Căn cước, căn cước công dân"),
        OLD_ID: _("Chứng minh nhân dân 9 số"),
        PASSPORT: _("Hộ chiếu"),
        BIRTH_CERTIFICATE: _("Giấy khai sinh"),
        NUMBER_ONLY: _("Chỉ có số định danh"),
        NONE_YET: _("Chưa có giấy tờ"),
    }


class IdentityDocumentType(BaseType):
    """A paper and its number: {type, number, issued_on, issued_by, country}, empty parts left out.

    Settings: `papers`, which kinds may be chosen; `issue`, whether day and place of issue are
    "required", "optional" or "none".
    """

    name, title = "identity_document", "Giấy tờ tùy thân"
    prefill = frozenset({"person.identity"})
    settings = frozenset({"papers", "issue"})

    def clean(self, raw: object, field: Field, on: date) -> Json:
        parts = read_parts(raw, PARTS, Refused(_("Phần này cần loại giấy tờ và số."), "type"))
        if parts is None:
            return None
        if parts["type"] and parts["type"] not in self.papers(field):
            raise Refused(_("Loại giấy tờ này không dùng được ở đây. Chọn lại giúp."), "type")
        is_said = any(parts[part] for part in ("number", "issued_on", "issued_by"))
        if not is_said and parts["type"] != NONE_YET:
            if parts["type"] and field.required:
                raise Refused(_number_missing(parts["type"]), "number")
            return None
        if not parts["type"]:
            raise Refused(_("Chọn loại giấy tờ."), "type")
        return _read_paper(parts, field, on)

    def missing(self, field: Field) -> Refused:
        return Refused(ask(field, _("Chọn loại giấy tờ và nhập số: %(lead)s.")), "type")

    def json_schema(self, field: Field) -> JsonObject:
        papers = self.papers(field)
        properties: JsonObject = {
            "type": {"type": "string", "enum": list(papers)},
            "number": {"type": "string", "minLength": 1, "maxLength": 40},
            "issued_on": {"type": "string", "format": "date", "pattern": FULL},
            "issued_by": {
                "type": "string",
                "minLength": 1,
                "maxLength": PLACE_LENGTH,
                "pattern": TEXT_PATTERN,
            },
            "country": {"type": "string", "enum": list(list_nations())},
        }
        each: list[Json] = [_paper_schema(paper, field) for paper in papers if paper != NONE_YET]
        return {"type": "object", "properties": properties, "required": ["type"], "allOf": each}

    def show(self, value: Any, field: Field) -> Shown:
        parts = value if isinstance(value, dict) else {}
        shown = {part: str(parts.get(part) or "") for part in PARTS}
        return {**shown, "number": show_number(shown["number"]), "issued_on": _show_iso(shown["issued_on"])}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        names, papers = paper_names(), self.papers(field)
        numbered = tuple(paper for paper in papers if paper != NONE_YET)
        issued = tuple(paper for paper in papers if paper in ISSUED)
        kinds = (Choice("", _("Chọn loại giấy tờ")), *(Choice(paper, names[paper]) for paper in papers))
        inputs = [
            Input(
                "type",
                _("Loại giấy tờ"),
                widget="select",
                choices=kinds,
                width="w-l",
                required=field.required,
            ),
            Input("number", _("Số giấy tờ"), width="w-l", required=field.required, shown_with=numbered),
        ]
        if field.issue != "none":
            asked, hint = field.issue == "required", _("Ví dụ: 15/8/2021")
            inputs += [
                Input(
                    "issued_on",
                    _("Ngày cấp"),
                    hint,
                    inputmode="numeric",
                    width="w-m",
                    required=asked,
                    shown_with=issued,
                ),
                Input("issued_by", _("Nơi cấp"), required=asked, shown_with=issued),
            ]
        if PASSPORT in papers:
            lands = tuple(Choice(code, name) for code, name in list_nations().items())
            blank = Choice("", _("Việt Nam, hoặc chọn nước khác"))
            inputs.append(
                Input(
                    "country",
                    _("Nước cấp hộ chiếu"),
                    widget="select",
                    choices=(blank, *lands),
                    width="w-l",
                    shown_with=(PASSPORT,),
                )
            )
        return tuple(inputs)

    def first(self, field: Field) -> Input:
        return Input("type", widget="select")

    def display(self, value: Any, field: Field) -> str:
        parts = self.show(value, field)
        names = paper_names()
        said = [names.get(parts["type"], parts["type"]), parts["number"]]
        line = " ".join(part for part in said if part)
        if parts["issued_on"]:
            line += _(", cấp ngày %(day)s") % {"day": parts["issued_on"]}
        if parts["issued_by"]:
            line += _(", nơi cấp %(place)s") % {"place": parts["issued_by"]}
        return line + (f", {get_nation(parts['country'])}" if parts["country"] else "")

    def papers(self, field: Field) -> tuple[str, ...]:
        return field.papers or PAPERS


def _paper_schema(kind: str, field: Field) -> Json:
    """What a paper of this kind must say."""
    needed: list[Json] = ["number"]
    if kind in ISSUED and field.issue == "required":
        needed += ["issued_on", "issued_by"]
    number: JsonObject = {"pattern": NUMBER_PATTERNS[kind]}
    return {
        "if": {"properties": {"type": {"const": kind}}},
        "then": {"required": needed, "properties": {"number": number}},
    }


def _read_paper(parts: dict[str, str], field: Field, on: date) -> Json:
    kind, faults = parts["type"], PartFaults()
    paper: dict[str, Json] = {"type": kind}
    if kind == NONE_YET:
        return paper
    if parts["number"]:
        paper["number"] = faults.read("number", lambda: _read_number(kind, parts["number"]))
    else:
        faults.note("number", _number_missing(kind))
    if kind in ISSUED and field.issue != "none":
        paper |= _read_issue(parts, field, on, faults)
    if kind == PASSPORT and parts["country"]:
        paper["country"] = parts["country"]
        if parts["country"] not in list_nations():
            faults.note("country", _("Chọn lại nước cấp hộ chiếu."))
    faults.raise_any()
    return paper


def _read_issue(parts: dict[str, str], field: Field, on: date, faults: PartFaults) -> dict[str, Json]:
    issue: dict[str, Json] = {}
    if parts["issued_on"]:
        issue["issued_on"] = faults.read("issued_on", lambda: _read_day(parts["issued_on"], on))
    elif field.issue == "required":
        faults.note("issued_on", _("Nhập ngày cấp, ví dụ 15/8/2021."))
    if parts["issued_by"]:
        issue["issued_by"] = parts["issued_by"]
    elif field.issue == "required":
        faults.note("issued_by", _("Nhập nơi cấp như trên giấy tờ."))
    if len(parts["issued_by"]) > PLACE_LENGTH:
        faults.note("issued_by", _("Nơi cấp dài quá %(most)d chữ cái.") % {"most": PLACE_LENGTH})
    return issue


def _read_day(text: str, on: date) -> str:
    day = parse_day(text, on)
    if day > on.isoformat():
        raise Refused(_("Ngày cấp chưa đến. Xem lại ngày trên giấy tờ."))
    return day


def _read_number(kind: str, text: str) -> str:
    if kind in (CITIZEN_ID, NUMBER_ONLY):
        return read_national_id(text)
    plain = SEPARATORS.sub("", text)
    if kind == OLD_ID:
        if not (plain.isascii() and plain.isdigit() and len(plain) == OLD_LENGTH):
            raise Refused(
                _("Chứng minh nhân dân cũ có 9 chữ số. Bạn đã gõ “%(text)s”.") % {"text": quote(text)}
            )
        return plain
    if kind == PASSPORT:
        if not PASSPORT_NUMBER.fullmatch(plain.upper()):
            raise Refused(
                _("Số hộ chiếu gồm chữ và số, ví dụ B1234567. Bạn đã gõ “%(text)s”.") % {"text": quote(text)}
            )
        return plain.upper()
    joined = text.replace(" ", "")
    if not CERTIFICATE_NUMBER.fullmatch(joined):
        raise Refused(_("Số giấy khai sinh như 123/2019. Bạn đã gõ “%(text)s”.") % {"text": quote(text)})
    return joined


def _number_missing(kind: str) -> str:
    if kind in (CITIZEN_ID, NUMBER_ONLY):
        return _("Nhập số định danh, 12 chữ số.")
    return _("Nhập số ghi trên giấy tờ.")


def _show_iso(text: str) -> str:
    return show_day(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text

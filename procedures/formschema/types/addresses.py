"""Addresses: province, commune, village, line. There are no districts since 1 July 2025."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.core.jsontypes import Json, JsonObject
from procedures.formschema.definition import Field
from procedures.formschema.places import ABROAD, get_place, list_communes, list_provinces
from procedures.formschema.types.base import (
    TEXT_PATTERN,
    BaseType,
    Choice,
    Input,
    PartFaults,
    Refused,
    Shown,
    own_token,
    read_parts,
)

PARTS = ("province", "commune", "village", "line")
LINE_LENGTH = 200


class AddressType(BaseType):
    """{province, commune, village, line}, codes as text, empty parts left out.

    Settings: `precision`, down to which part it is asked ("province", "commune", "line"); `abroad`, whether
    it may lie outside Việt Nam: then province is "99" and the line holds it all.
    """

    name, title = "address", "Địa chỉ"
    prefill = frozenset({"person.address", "organisation.address"})
    settings = frozenset({"precision", "abroad"})

    def clean(self, raw: object, field: Field, on: date) -> Json:
        parts = read_parts(raw, PARTS, Refused(_("Phần này cần tỉnh, xã và địa chỉ."), "province"))
        if parts is None or not any(parts.values()):
            return None
        if parts["province"] == ABROAD and field.abroad:
            return _clean_abroad(parts)
        _check_parts(parts, field)
        kept = {"province": 1, "commune": 2}.get(field.precision, len(PARTS))
        return {part: parts[part] for part in PARTS[:kept] if parts[part]}

    def missing(self, field: Field) -> Refused:
        return Refused(_province_missing(), "province")

    def json_schema(self, field: Field) -> JsonObject:
        text: JsonObject = {
            "type": "string",
            "minLength": 1,
            "maxLength": LINE_LENGTH,
            "pattern": TEXT_PATTERN,
        }
        properties: JsonObject = {
            "province": {"type": "string", "enum": [*list_provinces(), *([ABROAD] if field.abroad else [])]},
            "commune": {"type": "string", "pattern": "^[0-9]{5}$"},
            "village": text,
            "line": text,
        }
        shape: JsonObject = {"type": "object", "properties": properties, "required": ["province"]}
        if not field.abroad:
            return shape | _at_home(field)
        outside: JsonObject = {"properties": {"province": {"const": ABROAD}}}
        return {**shape, "if": outside, "then": {"required": ["line"]}, "else": _at_home(field)}

    def show(self, value: Any, field: Field) -> Shown:
        parts = value if isinstance(value, dict) else {}
        return {part: str(parts.get(part) or "") for part in PARTS}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        homes = tuple(list_provinces())
        inside = homes if field.abroad else ()
        inputs = [_province_input(field)]
        if field.precision != "province":
            inputs.append(_commune_input(field, str(shown.get("province") or ""), inside))
        if field.precision == "line" or field.abroad:
            inputs += _line_inputs(field, inside)
        return tuple(inputs)

    def first(self, field: Field) -> Input:
        return Input("province", widget="select")

    def display(self, value: Any, field: Field) -> str:
        parts = self.show(value, field)
        if parts["province"] == ABROAD:
            return ", ".join(part for part in (parts["line"], _("ở nước ngoài")) if part)
        place = get_place(parts["province"], parts["commune"])
        said = [part for part in (parts["line"], parts["village"]) if part]
        if said and place:
            place = place[:1].lower() + place[1:]
        return ", ".join(part for part in (*said, place) if part)


def _at_home(field: Field) -> JsonObject:
    """What an address in Việt Nam must have; that the commune lies in the province, the server checks."""
    if field.precision == "province":
        return {"required": ["province"]}
    needed: JsonObject = {"required": ["province", "commune"]}
    if field.precision == "line":
        needed["anyOf"] = [{"required": ["village"]}, {"required": ["line"]}]
    return needed


def _clean_abroad(parts: dict[str, str]) -> Json:
    if not parts["line"]:
        raise Refused(_("Ghi địa chỉ ở nước ngoài, có tên thành phố và nước."), "line")
    if len(parts["line"]) > LINE_LENGTH:
        raise Refused(_too_long(), "line")
    return {"province": ABROAD, "line": parts["line"]}


def _check_parts(parts: dict[str, str], field: Field) -> None:
    """Puts the codes into their official length and refuses what does not belong together."""
    faults = PartFaults()
    for part, length in (("province", 2), ("commune", 5)):
        if parts[part].isascii() and parts[part].isdigit():
            parts[part] = parts[part].zfill(length)
    if parts["province"] not in list_provinces():
        unknown = _("Tỉnh, thành phố này không có trong danh sách. Chọn lại giúp.")
        faults.note("province", unknown if parts["province"] else _province_missing())
    elif field.precision != "province" and parts["commune"] not in list_communes(parts["province"]):
        faults.note("commune", _wrong_commune(parts))
    if field.precision == "line":
        if not parts["village"] and not parts["line"]:
            faults.note("village", _("Ghi tên thôn, xóm, tổ dân phố, hoặc số nhà và đường."))
        for part in ("village", "line"):
            if len(parts[part]) > LINE_LENGTH:
                faults.note(part, _too_long())
    faults.raise_any()


def _wrong_commune(parts: dict[str, str]) -> str:
    name = list_provinces()[parts["province"]]
    if not parts["commune"]:
        return _("Chọn xã, phường thuộc %(province)s.") % {"province": name}
    if not any(parts["commune"] in list_communes(code) for code in list_provinces()):
        return _("Mã xã này không còn từ khi sáp nhập. Chọn tên xã, phường mới giúp.")
    return _("Xã, phường này không thuộc %(province)s. Chọn lại giúp.") % {"province": name}


def _too_long() -> str:
    return _("Phần này dài quá %(most)d chữ cái.") % {"most": LINE_LENGTH}


def _province_missing() -> str:
    return _("Chọn tỉnh, thành phố.")


def _province_input(field: Field) -> Input:
    provinces = [Choice(code, name) for code, name in list_provinces().items()]
    if field.abroad:
        provinces.append(Choice(ABROAD, _("Ở nước ngoài")))
    return Input(
        "province",
        _("Tỉnh, thành phố"),
        widget="select",
        choices=(Choice("", _("Chọn tỉnh, thành phố")), *provinces),
        autocomplete=own_token(field, "address-level1"),
        width="w-l",
        required=field.required,
    )


def _commune_input(field: Field, province: str, inside: tuple[str, ...]) -> Input:
    communes = [Choice(code, name) for code, name in list_communes(province.zfill(2)).items()]
    blank = _("Chọn xã, phường") if communes else _("Chọn tỉnh, thành phố trước")
    return Input(
        "commune",
        _("Xã, phường, đặc khu"),
        widget="select",
        choices=(Choice("", blank), *communes),
        autocomplete=own_token(field, "address-level2"),
        width="w-l",
        required=field.required,
        shown_with=inside,
    )


def _line_inputs(field: Field, inside: tuple[str, ...]) -> list[Input]:
    village = Input(
        "village",
        _("Thôn, xóm, tổ dân phố"),
        autocomplete=own_token(field, "address-line2"),
        required=field.required,
        shown_with=inside,
    )
    line = Input(
        "line",
        _("Số nhà, đường"),
        _("Ghi như trên giấy tờ nhà. Không có số nhà thì chỉ cần tên thôn, xóm ở trên."),
        autocomplete=own_token(field, "address-line1"),
        required=field.required,
    )
    if field.precision == "line":
        return [village, line]
    return [Input("line", _("Địa chỉ ở nước ngoài"), shown_with=(ABROAD,))]

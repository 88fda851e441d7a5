"""Whose name stands in which answer: the people of a dossier, in words and as the document writes them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.building.conditions import build_condition, read_rows
from procedures.building.forms import Document, Form, Outcome, Part, refuse, vi
from procedures.building.spots import Spot, read_spot
from procedures.building.typed import Typed, one
from procedures.comparing.form_shape import ROLES
from procedures.formschema import party_parsing
from procedures.formschema.definition import Field

KINDS = {
    "person": gettext_lazy("Cá nhân"),
    "household": gettext_lazy("Hộ gia đình"),
    "household_business": gettext_lazy("Hộ kinh doanh"),
    "organisation": gettext_lazy("Tổ chức"),
    "public_body": gettext_lazy("Cơ quan nhà nước"),
    "community": gettext_lazy("Cộng đồng dân cư"),
    "foreigner": gettext_lazy("Người nước ngoài"),
}
ATTRIBUTES = {
    "name": gettext_lazy("họ tên"),
    "birth_date": gettext_lazy("ngày sinh"),
    "identity": gettext_lazy("giấy tờ tùy thân"),
    "phone": gettext_lazy("số điện thoại"),
    "email": gettext_lazy("thư điện tử"),
    "address": gettext_lazy("địa chỉ"),
    "gender": gettext_lazy("giới tính"),
    "nationality": gettext_lazy("quốc tịch"),
    "ethnicity": gettext_lazy("dân tộc"),
    "tax_code": gettext_lazy("mã số thuế"),
}


def add_party(document: Document, typed: Typed, known: tuple[Field, ...]) -> Outcome:
    """Says of a page or a group whose data it holds. Raises RuleViolation."""
    form = Form.open(document)
    form.parties.append(_read(form, typed, known))
    spot = Spot("party", str(len(form.parties) - 1))
    summary = _("Thêm người trong hồ sơ: %(role)s") % {"role": ROLES[form.parties[-1]["role"]]}
    return Outcome(form.close(), str(spot), summary)


def save_party(document: Document, spot: Spot, typed: Typed, known: tuple[Field, ...]) -> Outcome:
    """Raises RuleViolation."""
    form = Form.open(document)
    place = form.place(spot)
    place.items[place.index] = _read(form, typed, known)
    summary = _("Sửa người trong hồ sơ: %(role)s") % {"role": ROLES[place.item["role"]]}
    return Outcome(form.close(), str(spot), summary)


def list_sources(form: Form) -> list[tuple[str, str]]:
    """Pages and groups a person may be read from, with their words."""
    pages = [
        (f"page:{page['key']}", _("Trang “%(name)s”") % {"name": vi(page["title"])}) for page in form.pages
    ]
    groups = [
        (f"field:{field['key']}", _("Mỗi dòng của nhóm “%(name)s”") % {"name": vi(field["label"])})
        for field in form.questions()
        if field["type"] == "group"
    ]
    return pages + groups


def list_answers(form: Form, source: str, attribute: str) -> list[tuple[str, str]]:
    """Questions of a source that may say this of a person."""
    types = party_parsing.ATTRIBUTES[attribute]
    found = find_source(form, source)
    return [
        (field["key"], vi(field["label"]))
        for field in (found or {}).get("fields", ())
        if field["type"] in types
    ]


def find_source(form: Form, source: str) -> Part | None:
    """The page or group, None for what is neither."""
    spot = read_spot(source)
    if source not in dict(list_sources(form)) or spot is None:
        return None
    return form.place(spot).item


def _read(form: Form, typed: Typed, known: tuple[Field, ...]) -> Part:
    role, kind, source = one(typed, "role"), one(typed, "kind") or "person", one(typed, "source")
    if role not in ROLES:
        raise refuse(_("Chọn vai trò của người này trong hồ sơ."), "role")
    if kind not in KINDS:
        raise refuse(_("Chọn đây là cá nhân hay tổ chức."), "kind")
    found = find_source(form, source)
    if found is None:
        raise refuse(_("Chọn trang hoặc nhóm hỏi về người này."), "source")
    answers = {name: one(typed, f"map-{name}") for name in ATTRIBUTES}
    for name, key in answers.items():
        if key and key not in dict(list_answers(form, source, name)):
            raise refuse(_("Chọn lại câu hỏi, câu này không nằm trong phần đã chọn."), f"map-{name}")
    if not answers["name"]:
        raise refuse(_("Chọn câu hỏi ghi họ tên."), "map-name")
    party: Part = {"role": role, "kind": kind, "map": {name: key for name, key in answers.items() if key}}
    party["page" if source.startswith("page:") else "group"] = found["key"]
    condition = build_condition(read_rows(typed), known)
    return {**party, "visible_if": condition} if condition else party

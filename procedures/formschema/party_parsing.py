"""Reads how answers become parties."""

from django.utils.translation import gettext as _

from procedures.formschema.condition_parsing import Known, read_condition
from procedures.formschema.definition import FormSchema, PartyMap, row_types
from procedures.reading import Node

ROLES = (
    "owner", "co_owner", "submitter", "spouse", "child", "deceased", "representative", "household_member"
)  # fmt: skip
KINDS = (
    "person", "household", "household_business", "organisation", "public_body", "community", "foreigner"
)  # fmt: skip
ATTRIBUTES = {
    "name": ("person_name", "text"),
    "birth_date": ("date", "partial_date"),
    "identity": ("identity_document", "national_id"),
    "phone": ("phone",),
    "email": ("email",),
    "address": ("address",),
    "gender": ("choice",),
    "nationality": ("nationality",),
    "ethnicity": ("ethnicity",),
    "tax_code": ("tax_code",),
}
"""Attributes of a party and the types whose answers they may take."""


def read_party(node: Node, known: Known, form: FormSchema) -> PartyMap:
    page, group = node.string("page"), node.string("group")
    available = _available(node, page, group, form)
    party = PartyMap(
        role=node.one_of("role", ROLES),
        kind=node.one_of("kind", KINDS, default="person"),
        map=_map(node, available),
        page=page,
        group=group,
        visible_if=read_condition(node, "visible_if", known),
    )
    if "name" not in dict(party.map):
        node.fault("map", _("Cần nêu câu hỏi cho tên của người này."))
    return party


def _available(node: Node, page: str, group: str, form: FormSchema) -> dict[str, str]:
    """Type by key of the questions the party may be read from."""
    if bool(page) == bool(group):
        node.fault("", _("Nêu một trang hoặc một nhóm, không nêu cả hai."))
    elif page:
        found = next((item for item in form.pages if item.key == page), None)
        if found is not None:
            return {field.key: field.type for field in found.fields}
        node.fault("page", _("Không có trang “%(key)s”.") % {"key": page})
    else:
        field = form.by_key.get(group)
        if field is not None and field.type == "group":
            return row_types(field)
        node.fault("group", _("Không có nhóm “%(key)s”.") % {"key": group})
    return {}


def _map(node: Node, available: dict[str, str]) -> tuple[tuple[str, str], ...]:
    part = node.part("map")
    if part is None:
        return ()
    pairs = []
    for attribute, types in ATTRIBUTES.items():
        key = part.string(attribute)
        if not key:
            continue
        if available and available.get(key) not in types:
            part.fault(attribute, _("Không có câu hỏi “%(key)s” với kiểu phù hợp.") % {"key": key})
        pairs.append((attribute, key))
    part.close()
    return tuple(pairs)

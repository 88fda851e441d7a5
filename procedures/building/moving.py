"""Order: up and down, to another page, twice, and away."""

import copy

from django.utils.translation import gettext as _

from portal.core.errors import RuleViolation
from procedures.building.forms import Document, Form, Outcome, Part, Place, refuse, short, vi
from procedures.building.naming import make_key
from procedures.building.references import Gone, clear_references, list_references, rename_keys
from procedures.building.spots import Spot
from procedures.comparing.form_shape import ROLES


def move(document: Document, spot: Spot, step: int) -> Outcome:
    """One place up (-1) or down (1); a question at the edge of its page goes on to the next page.

    At the very edge nothing changes. Raises RuleViolation when a page would be left empty.
    """
    form = Form.open(document)
    place = form.place(spot)
    new = place.index + step
    if 0 <= new < len(place.items):
        place.items.insert(new, place.items.pop(place.index))
        if spot.kind in ("check", "party"):
            spot = Spot(spot.kind, str(new))
    elif spot.kind == "field" and not spot.group:
        if not _carry(form, spot, place, step):
            return Outcome(document, str(spot), "")
    else:
        return Outcome(document, str(spot), "")
    summary = _("Chuyển “%(name)s”") % {"name": name_of(form.place(spot).item)}
    return Outcome(form.close(), str(spot), summary)


def move_to(document: Document, spot: Spot, page: str) -> Outcome:
    """A question to the end of another page. Raises RuleViolation."""
    form = Form.open(document)
    place, target = form.place(spot), form.place(Spot("page", page)).item
    if spot.kind != "field" or spot.group:
        raise refuse(_("Chỉ chuyển được câu hỏi đứng ngoài nhóm."))
    if target is form.page_of(spot.key):
        return Outcome(document, str(spot), "")
    _refuse_empty_page(place)
    target["fields"].append(place.items.pop(place.index))
    words = {"name": name_of(form.place(spot).item), "page": short(vi(target["title"]))}
    return Outcome(form.close(), str(spot), _("Chuyển “%(name)s” sang trang “%(page)s”") % words)


def duplicate(document: Document, spot: Spot) -> Outcome:
    """A copy right behind, with keys of its own; inside it, conditions ask about the copy's own questions.

    Raises RuleViolation for what stands once only: a picker of files.
    """
    form = Form.open(document)
    place = form.place(spot)
    twin = copy.deepcopy(place.item)
    if spot.kind == "page":
        twin["fields"] = [field for field in twin["fields"] if field["type"] != "file"]
        if not twin["fields"]:
            raise refuse(_("Trang này chỉ có ô tệp. Mỗi giấy tờ chỉ có một ô tệp, nên không nhân đôi được."))
    elif twin.get("type") == "file":
        raise refuse(_("Mỗi giấy tờ chỉ có một ô tệp, nên không nhân đôi được."))
    name = "title" if spot.kind == "page" else "label" if spot.kind == "field" else ""
    if name:
        twin[name] = {**twin[name], "vi": _("%(name)s (bản sao)") % {"name": vi(twin[name])}}
        new_keys(form, [twin] if spot.kind == "field" else twin["fields"])
    if spot.kind == "page":
        twin["key"] = make_key(vi(twin["title"]), {page["key"] for page in form.pages})
    place.items.insert(place.index + 1, twin)
    key = twin["key"] if name else str(place.index + 1)
    summary = _("Nhân đôi “%(name)s”") % {"name": name_of(place.item)}
    return Outcome(form.close(), str(Spot(spot.kind, key, spot.group)), summary)


def new_keys(form: Form, fields: list[Part]) -> None:
    """Gives questions that are about to join the form keys nobody has, and mends the conditions among them."""
    taken, names = form.keys(), dict[str, str]()
    for part in (part for field in fields for part in (field, *field.get("fields", ()))):
        names[part["key"]] = make_key(vi(part["label"]).removesuffix(_(" (bản sao)")), taken)
        taken.add(names[part["key"]])
    for part in (part for field in fields for part in (field, *field.get("fields", ()))):
        part["key"] = names[part["key"]]
        if "visible_if" in part:
            part["visible_if"] = rename_keys(part["visible_if"], names)


class StillUsed(RuleViolation):
    """Others refer to what should go. `references`: who and how; `is_clearable`: the builder may clear them all."""

    def __init__(self, references: list[str], *, is_clearable: bool) -> None:
        super().__init__("still_used", errors={"": references})
        self.references, self.is_clearable = references, is_clearable


def remove(document: Document, spot: Spot, *, clear: bool = False) -> Outcome:
    """Takes a part away. `clear`: with all that refers to it.

    Raises StillUsed when something refers to it and may not be cleared, or was not asked to be.
    """
    form = Form.open(document)
    place = form.place(spot)
    gone, name = _gone(place.item, spot), name_of(place.item)
    if spot.kind == "field":
        _refuse_empty_page(place)
    place.items.pop(place.index)
    references = (
        list_references(form, gone)
        if form.pages
        else [item for item in list_references(form, gone) if not item.is_clearable]
    )
    is_clearable = all(item.is_clearable for item in references)
    if references and not (clear and is_clearable):
        raise StillUsed([item.sentence for item in references], is_clearable=is_clearable)
    clear_references(form, gone)
    summary = _("Xóa “%(name)s”") % {"name": name}
    return Outcome(form.close(), _neighbour(form, place, spot), summary)


def name_of(item: Part) -> str:
    """What a part is called in a summary."""
    if "role" in item:
        return str(ROLES.get(item["role"], ""))
    return short(vi(item.get("label") or item.get("title") or item.get("message")))


def _gone(item: Part, spot: Spot) -> Gone:
    if spot.kind == "page":
        return Gone(frozenset(field["key"] for field in item["fields"]), frozenset({spot.key}))
    if spot.kind == "field":
        keys = frozenset({spot.key})
        return Gone(columns={spot.group: keys}) if spot.group else Gone(keys)
    return Gone()


def _neighbour(form: Form, place: Place, spot: Spot) -> str:
    """Where to go on: the next part, else the one before, else the page or group around."""
    if not place.items:
        return ""
    index = min(place.index, len(place.items) - 1)
    if spot.kind in ("check", "party"):
        return str(Spot(spot.kind, str(index)))
    return str(Spot(spot.kind, place.items[index]["key"], spot.group))


def _refuse_empty_page(place: Place) -> None:
    if len(place.items) == 1:
        raise refuse(
            _("Đây là câu duy nhất ở đây. Trang và nhóm cần ít nhất một câu; hãy xóa cả trang hoặc cả nhóm.")
        )


def _carry(form: Form, spot: Spot, place: Place, step: int) -> bool:
    """Over the edge of the page, to the near edge of the next one."""
    index = form.pages.index(form.page_of(spot.key)) + step
    if not 0 <= index < len(form.pages):
        return False
    _refuse_empty_page(place)
    fields = form.pages[index]["fields"]
    fields.insert(len(fields) if step < 0 else 0, place.items.pop(place.index))
    return True

"""Pages of a form: added with a first question, since an empty page cannot be filed; renamed; conditioned."""

from django.utils.translation import gettext as _

from procedures.building.conditions import build_condition, read_rows
from procedures.building.forms import Document, Form, Outcome, Part, short, vi
from procedures.building.naming import make_key
from procedures.building.questions import build_new
from procedures.building.reach import Known
from procedures.building.spots import Spot
from procedures.building.typed import HINT_LENGTH, Typed, text_pair


def add_page(document: Document, typed: Typed, after: Spot | None, known: Known) -> Outcome:
    """A page with its first question, behind the page at the spot or at the end. Raises RuleViolation."""
    form = Form.open(document)
    page = _texts(typed)
    page["key"] = make_key(vi(page["title"]), {other["key"] for other in form.pages})
    condition = build_condition(read_rows(typed), known)
    if condition:
        page["visible_if"] = condition
    page["fields"] = [
        build_new({**typed, "if-count": "0", "hint": "", "hint_en": ""}, form, (), in_group=False)
    ]
    index = form.place(after).index + 1 if after and after.kind == "page" else len(form.pages)
    form.pages.insert(index, page)
    summary = _("Thêm trang “%(title)s”") % {"title": short(vi(page["title"]))}
    return Outcome(form.close(), f"page:{page['key']}", summary)


def save_page(document: Document, spot: Spot, typed: Typed, known: Known) -> Outcome:
    """The words and the condition of a page. Raises RuleViolation."""
    form = Form.open(document)
    place = form.place(spot)
    page = {"key": place.item["key"], **_texts(typed), "fields": place.item["fields"]}
    condition = build_condition(read_rows(typed), known)
    place.items[place.index] = {**page, "visible_if": condition} if condition else page
    summary = _("Sửa trang “%(title)s”") % {"title": short(vi(page["title"]))}
    return Outcome(form.close(), str(spot), summary)


def _texts(typed: Typed) -> Part:
    page: Part = {"title": text_pair(typed, "title", ask=_("Ghi tên trang người dân sẽ đọc."))}
    hint = text_pair(typed, "hint", most=HINT_LENGTH)
    return {**page, "hint": hint} if hint else page

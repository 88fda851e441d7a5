"""Refusals over several answers: "báo lỗi khi … với câu …"."""

from django.utils.translation import gettext as _

from procedures.building.conditions import build_condition, read_rows
from procedures.building.forms import Document, Form, Outcome, Part, refuse, short, vi
from procedures.building.reach import Known
from procedures.building.spots import Spot
from procedures.building.typed import Typed, many, text_pair


def add_check(document: Document, typed: Typed, known: Known) -> Outcome:
    """Raises RuleViolation, errors by name of control."""
    form = Form.open(document)
    form.checks.append(_read(typed, known))
    summary = _("Thêm lời báo lỗi “%(message)s”") % {"message": short(vi(form.checks[-1]["message"]))}
    return Outcome(form.close(), f"check:{len(form.checks) - 1}", summary)


def save_check(document: Document, spot: Spot, typed: Typed, known: Known) -> Outcome:
    """Raises RuleViolation, errors by name of control."""
    form = Form.open(document)
    place = form.place(spot)
    place.items[place.index] = _read(typed, known)
    summary = _("Sửa lời báo lỗi “%(message)s”") % {"message": short(vi(place.item["message"]))}
    return Outcome(form.close(), str(spot), summary)


def _read(typed: Typed, known: Known) -> Part:
    condition = build_condition(read_rows(typed), known)
    if condition is None:
        raise refuse(_("Chọn khi nào thì báo lỗi."), "if-0-field")
    message = text_pair(typed, "message", ask=_("Ghi câu người dân sẽ đọc: sai gì, sửa thế nào."))
    fields = many(typed, "fields")
    if not fields:
        raise refuse(_("Chọn ít nhất một câu để hiện lời báo lỗi ở đó."), "fields")
    return {"if": condition, "message": message, "fields": fields}

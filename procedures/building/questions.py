"""Questions of a form: added behind another one, changed. Their keys are made once and stay."""

from django.utils.translation import gettext as _

from procedures.building.conditions import build_condition, read_rows
from procedures.building.forms import Document, Form, Outcome, Part, refuse, short, vi
from procedures.building.naming import make_key
from procedures.building.reach import Known
from procedures.building.settings import read_question
from procedures.building.spots import Spot
from procedures.building.typed import Typed


def add_question(document: Document, typed: Typed, after: Spot, known: Known) -> Outcome:
    """Behind a question, or at the end of a page. Behind a question of a group it joins the group.

    Raises RuleViolation, errors by name of control.
    """
    form = Form.open(document)
    place = form.place(after)
    question = build_new(typed, form, known, in_group=bool(after.group))
    if after.kind == "page":
        place.item["fields"].append(question)
    else:
        place.items.insert(place.index + 1, question)
    summary = _("Thêm câu hỏi “%(label)s”") % {"label": short(vi(question["label"]))}
    return Outcome(form.close(), str(Spot("field", question["key"], after.group)), summary)


def save_question(document: Document, spot: Spot, typed: Typed, known: Known) -> Outcome:
    """Words, kind, settings and condition of a question. Raises RuleViolation, errors by name of control."""
    form = Form.open(document)
    place = form.place(spot)
    old = place.item
    question = read_question(typed, old, in_group=bool(spot.group))
    _refuse_second_picker(form, question)
    _name_columns(form, question)
    question.pop("visible_if", None)
    condition = build_condition(read_rows(typed), known)
    place.items[place.index] = {**question, "visible_if": condition} if condition else question
    summary = _("Sửa câu hỏi “%(label)s”") % {"label": short(vi(question["label"]))}
    return Outcome(form.close(), str(spot), summary)


def add_column(document: Document, typed: Typed, group: Spot, known: Known) -> Outcome:
    """A question at the end of a group's rows. Raises RuleViolation."""
    form = Form.open(document)
    item = form.place(group).item
    if item.get("type") != "group":
        raise refuse(_("Câu này không phải nhóm lặp lại."))
    return add_question(document, typed, Spot("field", item["fields"][-1]["key"], group.key), known)


def build_new(typed: Typed, form: Form, known: Known, *, in_group: bool) -> Part:
    """A new question with a key nobody has, not yet in the form."""
    question = read_question(typed, {}, in_group=in_group)
    _refuse_second_picker(form, question)
    question = {"key": make_key(vi(question["label"]), form.keys()), **question}
    _name_columns(form, question)
    condition = build_condition(read_rows(typed), known)
    return {**question, "visible_if": condition} if condition else question


def _name_columns(form: Form, question: Part) -> None:
    """The first question of a new group gets its key."""
    taken = form.keys() | {question["key"]}
    for n, column in enumerate(question.get("fields", ())):
        if "key" not in column:
            question["fields"][n] = {"key": make_key(vi(column["label"]), taken), **column}


def _refuse_second_picker(form: Form, question: Part) -> None:
    """Two pickers for one paper would hold the same files."""
    paper = question.get("requirement")
    for other in form.questions() if paper else ():
        if other.get("requirement") == paper and other["key"] != question.get("key"):
            words = _("Giấy tờ này đã có ô tệp ở câu “%(label)s”.")
            raise refuse(words % {"label": vi(other["label"])}, "requirement")

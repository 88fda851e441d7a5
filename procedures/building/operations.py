"""Every operation of the builder by name: what was typed goes in, a document whose form works comes out."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from procedures.building import checks, moving, pages, parties, questions
from procedures.building.checking import read_schema, refuse_broken
from procedures.building.forms import Document, Form, Outcome, refuse
from procedures.building.reach import Known, inside, list_known, list_known_after
from procedures.building.spots import Spot, read_spot
from procedures.building.typed import Typed, one
from procedures.formschema.definition import FormSchema

Operation = Callable[[Document, Typed], Outcome]


def apply_operation(name: str, document: Document, typed: Typed) -> Outcome:
    """The outcome of a named operation on a copy of the document; `typed["at"]` is the spot it is about.

    Raises RuleViolation, errors by name of control or "", when the form would not work afterwards, and
    StillUsed when something refers to what should go. An unchanged document means there was nothing to do.
    """
    operation = OPERATIONS.get(name)
    if operation is None:
        raise refuse(_("Thao tác này không có. Hãy tải lại trang."))
    outcome = operation(document, typed)
    if outcome.document != document:
        refuse_broken(document, outcome.document)
    return outcome


def find_known(name: str, document: Document, typed: Typed) -> Known:
    """The questions a condition may ask about in what is being typed. Raises RuleViolation for a broken form."""
    schema, spot = read_schema(document) or FormSchema(()), read_spot(one(typed, "at"))
    if name in ("add_check", "save_check"):
        return known_to_check(document, schema, one(typed, "group"))
    if name in ("add_party", "save_party") or spot is None:
        return list_known(document, schema, None)
    if name == "add_column":
        rows = next((field.fields for field in schema.fields() if field.key == spot.key), ())
        return list_known_after(document, schema, Spot("field", rows[-1].key, spot.key)) if rows else ()
    return (list_known_after if name.startswith("add_") else list_known)(document, schema, spot)


def known_to_check(document: Document, schema: FormSchema, group: str) -> Known:
    """All questions; with a group, those of its rows too."""
    found = next((field for field in schema.fields() if field.type == "group" and field.key == group), None)
    known = list_known(document, schema, None)
    return inside(known, found) if found else known


def _at(typed: Typed, *kinds: str) -> Spot:
    """The spot that is meant, of one of the kinds; of any without them."""
    spot = read_spot(one(typed, "at"))
    if spot is None or (kinds and spot.kind not in kinds):
        raise refuse(_("Hãy chọn một câu hỏi trong danh sách trước."))
    return spot


def _add_page(document: Document, typed: Typed) -> Outcome:
    spot = read_spot(one(typed, "at"))
    if spot is not None and spot.kind == "field":
        page = Form.open(document).page_of(spot.group or spot.key)
        spot = Spot("page", page["key"])
    return pages.add_page(
        document, typed, spot, find_known("add_page", document, {**typed, "at": str(spot or "")})
    )


def _save_page(document: Document, typed: Typed) -> Outcome:
    return pages.save_page(document, _at(typed, "page"), typed, find_known("save_page", document, typed))


def _add_question(document: Document, typed: Typed) -> Outcome:
    return questions.add_question(
        document, typed, _at(typed, "page", "field"), find_known("add_question", document, typed)
    )


def _add_column(document: Document, typed: Typed) -> Outcome:
    return questions.add_column(
        document, typed, _at(typed, "field"), find_known("add_column", document, typed)
    )


def _save_question(document: Document, typed: Typed) -> Outcome:
    return questions.save_question(
        document, _at(typed, "field"), typed, find_known("save_question", document, typed)
    )


def _add_check(document: Document, typed: Typed) -> Outcome:
    return checks.add_check(document, typed, find_known("add_check", document, typed))


def _save_check(document: Document, typed: Typed) -> Outcome:
    return checks.save_check(document, _at(typed, "check"), typed, find_known("save_check", document, typed))


def _add_party(document: Document, typed: Typed) -> Outcome:
    return parties.add_party(document, typed, find_known("add_party", document, typed))


def _save_party(document: Document, typed: Typed) -> Outcome:
    return parties.save_party(document, _at(typed, "party"), typed, find_known("save_party", document, typed))


OPERATIONS: dict[str, Operation] = {
    "add_page": _add_page,
    "save_page": _save_page,
    "add_question": _add_question,
    "add_column": _add_column,
    "save_question": _save_question,
    "add_check": _add_check,
    "save_check": _save_check,
    "add_party": _add_party,
    "save_party": _save_party,
    "move_up": lambda document, typed: moving.move(document, _at(typed), -1),
    "move_down": lambda document, typed: moving.move(document, _at(typed), 1),
    "move_to": lambda document, typed: moving.move_to(document, _at(typed), one(typed, "page")),
    "duplicate": lambda document, typed: moving.duplicate(document, _at(typed)),
    "remove": lambda document, typed: moving.remove(document, _at(typed), clear=bool(one(typed, "clear"))),
}

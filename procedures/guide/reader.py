"""Reads the `guide` part of a document; what it says about the rest of the document is checked in checks.py."""

from django.utils.translation import gettext as _

from procedures.formschema.condition_parsing import NEVER, Known, read_condition
from procedures.formschema.definition import Condition, Field, Option
from procedures.formschema.settings_parsing import read_settings
from procedures.guide.definition import RESERVED, TYPES, CaseRule, Guide, PaperRule, Question, Stop
from procedures.reading import Node


def read_guide(node: Node) -> Guide | None:
    """The guide of a document, or None where one is derived from its cases and conditions."""
    part = node.part("guide")
    if part is None:
        return None
    known = Known()
    questions = part.read_all("questions", lambda item: _question(item, known))
    if not questions:
        part.fault("questions", _("Phần hướng dẫn cần ít nhất một câu hỏi."))
    guide = Guide(
        questions=questions,
        cases=part.read_all("cases", lambda item: _case(item, known)),
        stops=part.read_all("stops", lambda item: _stop(item, known)),
        papers=part.read_all("papers", lambda item: _paper(item, known)),
    )
    part.close()
    return guide


def _question(node: Node, known: Known) -> Question:
    """It becomes known to the conditions that follow it."""
    condition = read_condition(node, "visible_if", known)
    bare = Field(
        key=node.key(),
        type=node.one_of("type", TYPES),
        label=node.text("label", required=True),
        hint=node.text("hint"),
        required=True,
        visible_if=condition,
        options=node.read_all("options", _option),
    )
    node.refuse_repeats("options", [option.value for option in bare.options])
    field = read_settings(node, bare)
    if field.key in known.fields or field.key in RESERVED:
        node.fault("key", _("Khóa này đã dùng ở trên."))
    known.fields[field.key] = field
    return Question(field, node.string("fills"))


def _option(node: Node) -> Option:
    return Option(node.string("value", required=True), node.text("label", required=True), node.text("hint"))


def _case(node: Node, known: Known) -> CaseRule:
    return CaseRule(_condition(node, known), node.string("case", required=True))


def _stop(node: Node, known: Known) -> Stop:
    return Stop(_condition(node, known), node.text("message", required=True), node.string("instead"))


def _paper(node: Node, known: Known) -> PaperRule:
    return PaperRule(_condition(node, known), node.string("requirement", required=True))


def _condition(node: Node, known: Known) -> Condition:
    condition = read_condition(node, "if", known)
    if condition is None and not node.has("if"):
        node.fault("if", _("Thiếu nội dung này."))
    return condition or NEVER

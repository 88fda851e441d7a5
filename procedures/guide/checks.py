"""What a guide says about the rest of its document: nothing unknown, nothing personal."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.core.text import fold
from procedures.codes import is_procedure_code
from procedures.content import Content
from procedures.formschema.definition import CASE, Condition, Field, FormSchema, Term
from procedures.guide.definition import Guide, Question, list_keys
from procedures.reading import Node

_PERSONAL = (
    "ho va ten", "ho, chu dem", "ten cua ban", "ngay sinh", "sinh ngay", "ngay thang nam sinh",
    "ngay, thang, nam sinh", "so dinh danh", "so can cuoc", "so ho chieu", "so dien thoai", "dia chi cua ban",
)  # fmt: skip
_TYPED = frozenset({"integer", "date"})
_PLAIN = frozenset({"choice", "boolean", "integer", "date"})


def check_guide(content: Content, node: Node) -> None:
    """Notes each fault of the guide at its exact path."""
    guide = content.guide
    if guide is None:
        return
    _check_names(content, guide, node)
    for n, question in enumerate(guide.questions):
        _check_personal(question, f"guide.questions[{n}]", node)
        _check_filling(content, guide, question, f"guide.questions[{n}]", node)
        if guide.cases and CASE in list_keys(question.field.visible_if):
            node.fault(f"guide.questions[{n}].visible_if", _("Trường hợp chưa biết khi hỏi câu này."))


def _check_names(content: Content, guide: Guide, node: Node) -> None:
    cases = {case.key for case in content.cases}
    for n, rule in enumerate(guide.cases):
        if rule.case not in cases:
            node.fault(f"guide.cases[{n}].case", _("Trường hợp này không có trong danh sách."))
        if CASE in list_keys(rule.condition):
            node.fault(f"guide.cases[{n}].if", _("Trường hợp chưa biết khi xét điều kiện này."))
    for n, paper in enumerate(guide.papers):
        if content.requirement(paper.requirement) is None:
            node.fault(f"guide.papers[{n}].requirement", _("Giấy tờ này không có trong danh sách."))
    for n, stop in enumerate(guide.stops):
        if stop.instead and not is_procedure_code(stop.instead):
            node.fault(f"guide.stops[{n}].instead", _("Mã thủ tục có dạng 1.001193 hoặc 1.012796.H36."))
        if stop.instead == content.code:
            node.fault(f"guide.stops[{n}].instead", _("Thủ tục không thay được cho chính nó."))


def _check_personal(question: Question, path: str, node: Node) -> None:
    """What is typed stands in the address, so nothing of it may say who somebody is."""
    words = fold(question.field.label.vi)
    if question.field.type in _TYPED and any(told in words for told in _PERSONAL):
        node.fault(
            f"{path}.label", _("Câu trả lời hiện trong địa chỉ trang nên không hỏi thông tin cá nhân.")
        )


def _check_filling(content: Content, guide: Guide, question: Question, path: str, node: Node) -> None:
    if not question.fills:
        return
    target = content.form.by_key.get(question.fills) if content.form else None
    if target is None or content.form is None:
        node.fault(
            f"{path}.fills", _("Không có câu hỏi “%(key)s” trong mẫu điện tử.") % {"key": question.fills}
        )
    elif target.type != question.field.type or target.type not in _PLAIN:
        node.fault(f"{path}.fills", _("Hai câu hỏi khác kiểu trả lời nên không điền sẵn được."))
    elif is_personal(target, content.form):
        node.fault(f"{path}.fills", _("Không điền sẵn thông tin cá nhân từ địa chỉ trang."))
    elif not _options(question.field) - _ending(guide, question.field.key) <= _options(target):
        node.fault(f"{path}.options", _("Có lựa chọn mà câu hỏi trong mẫu điện tử không có."))


def is_personal(target: Field, form: FormSchema) -> bool:
    """What says who a party is, and days that ages are counted from."""
    of_parties = {key for party in form.parties for _attribute, key in party.map}
    aged = {term.field for check in form.checks for term in _list_ages(check.condition)}
    return bool(target.prefill) or target.key in of_parties | aged


def _list_ages(condition: Condition) -> Iterator[Term]:
    for term in condition.terms:
        if isinstance(term, Condition):
            yield from _list_ages(term)
        elif term.op.startswith("age_"):
            yield term


def _ending(guide: Guide, key: str) -> set[str]:
    """Answers that a reason to stop names: they never reach the e-form."""
    values: set[str] = set()
    for stop in guide.stops:
        for term in stop.condition.terms:
            if isinstance(term, Term) and term.field == key:
                values |= set(map(str, term.value if isinstance(term.value, list) else [term.value]))
    return values


def _options(field: Field) -> set[str]:
    return {option.value for option in field.options}

"""What the parts of a document say about each other: no key may point at nothing."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from procedures.choices import Channel, LimitUnit, RequirementMode, StepKind
from procedures.content import Content
from procedures.fees import Counted, FeeRule
from procedures.formschema.schema import Field, FormSchema
from procedures.guide.checks import check_guide
from procedures.parts import TimeLimit
from procedures.reading import Node
from procedures.reliefs import Relief

_NEVER_EMPTY = (
    "tiers", "channels", "performed_by", "requirements", "results", "legal_basis", "how_steps", "submit_ways"
)  # fmt: skip


def check_content(content: Content, node: Node) -> None:
    """Notes each contradiction at its exact path."""
    _check_keys(content, node)
    _check_lists(content, node)
    _check_cases(content, node)
    _check_limits(content, node)
    _check_fees(content, node)
    _check_reliefs(content, node)
    _check_steps(content, node)
    _check_files(content, node)
    check_guide(content, node)


def _check_keys(content: Content, node: Node) -> None:
    node.refuse_repeats("cases", [part.key for part in content.cases])
    node.refuse_repeats("requirements", [part.key for part in content.requirements])
    node.refuse_repeats("steps", [part.key for part in content.steps])
    node.refuse_repeats("results", [part.key for part in content.results])
    node.refuse_repeats("limits", [(part.case, part.channel) for part in content.limits])
    node.refuse_repeats("reliefs", [part.key for part in content.reliefs])
    node.refuse_repeats("fees", [(part.key, *_when(part)) for part in content.fees])


def _when(rule: FeeRule) -> tuple[object, ...]:
    return rule.case, rule.channel, rule.until


def _check_lists(content: Content, node: Node) -> None:
    """The minimum of Decree 43/2011: papers, ways, agencies, results and law are never left out."""
    for name in () if content.partial else _NEVER_EMPTY:
        if name == "performed_by" and not content.level.can_submit_online:
            continue  # what a ministry or another province performs is only explained here
        if not getattr(content, name):
            node.fault(name, _("Phần này cần ít nhất một mục."))
    if content.partial and content.level.can_submit_online:
        node.fault("partial", _("Thủ tục còn thiếu mục thì chưa nhận hồ sơ qua mạng."))
    if content.level.can_submit_online and Channel.ONLINE.value not in content.channels:
        node.fault("channels", _("Mức độ 3 và 4 cần có cách nộp qua mạng."))
    if content.takes_online and not node.has("form"):
        node.fault("form", _("Mức độ 3 và 4 cần có mẫu điện tử."))


def _check_cases(content: Content, node: Node) -> None:
    known = {case.key for case in content.cases}
    requirements = {item.key for item in content.requirements}
    for n, item in enumerate(content.requirements):
        for m, case in enumerate(item.cases):
            if case not in known:
                node.fault(f"requirements[{n}].cases[{m}]", _("Trường hợp này không có trong danh sách."))
        if item.replaces and item.replaces not in requirements - {item.key}:
            node.fault(f"requirements[{n}].replaces", _("Giấy tờ được thay không có trong danh sách."))
    applied: tuple[tuple[str, Sequence[TimeLimit | FeeRule | Relief]], ...] = (
        ("limits", content.limits),
        ("fees", content.fees),
        ("reliefs", content.reliefs),
    )
    for name, parts in applied:
        for n, part in enumerate(parts):
            if part.case is not None and part.case not in known:
                node.fault(f"{name}[{n}].case", _("Trường hợp này không có trong danh sách."))
            if part.channel is not None and part.channel not in content.channels:
                node.fault(f"{name}[{n}].channel", _("Cách nộp này không có trong danh sách."))
    if len(content.cases) > 1 and not content.case_question:
        node.fault("case_question", _("Nhiều trường hợp thì cần một câu hỏi để chọn."))


def _check_limits(content: Content, node: Node) -> None:
    units = {limit.unit for limit in content.limits}
    if content.same_day and LimitUnit.SAME_DAY not in units:
        node.fault("same_day", _("Thủ tục trong ngày cần một thời hạn trong ngày."))
    for n, limit in enumerate(content.limits):
        if limit.unit == LimitUnit.SAME_DAY and limit.value != 1:
            node.fault(f"limits[{n}].value", _("Thời hạn trong ngày có giá trị 1."))


def _check_fees(content: Content, node: Node) -> None:
    modes: dict[str, str] = {}
    for n, rule in enumerate(content.fees):
        if modes.setdefault(rule.key, rule.mode) != rule.mode:
            node.fault(f"fees[{n}].mode", _("Một khoản chỉ thu vào một lúc."))
        if rule.counted and content.form and not _is_counted(rule.counted, content.form):
            node.fault(f"fees[{n}]", _("Khoản này đếm theo câu hỏi không có trong mẫu điện tử."))


def _check_reliefs(content: Content, node: Node) -> None:
    fees, papers = {rule.key for rule in content.fees}, {item.key for item in content.requirements}
    for n, relief in enumerate(content.reliefs):
        for m, key in enumerate(relief.of):
            if key not in fees:
                node.fault(f"reliefs[{n}].of[{m}]", _("Khoản thu này không có trong danh sách."))
        if relief.paper and relief.paper not in papers:
            node.fault(f"reliefs[{n}].paper", _("Giấy tờ này không có trong danh sách."))


def _is_counted(counted: Counted, form: FormSchema) -> bool:
    fields = {field.key: field for page in form.pages for field in page.fields}
    if counted.group:
        group = fields.get(counted.group)
        columns = {field.key for field in group.fields} if group else set()
        return {counted.field, counted.times or counted.field} <= columns
    return counted.field in fields


def _check_steps(content: Content, node: Node) -> None:
    if not content.takes_online:
        return
    kinds = [step.kind for step in content.steps]
    for kind in (StepKind.RECEIVE, StepKind.APPROVE, StepKind.RETURN):
        if kind.value not in kinds:
            node.fault("steps", _("Quy trình thiếu bước: %(step)s.") % {"step": kind.label})


def _check_files(content: Content, node: Node) -> None:
    if content.form is None:
        return
    papers = {item.key: item for item in content.requirements}
    for field in _all_fields(content.form):
        if field.type != "file":
            continue
        paper = papers.get(field.requirement or "")
        if paper is None or paper.mode == RequirementMode.LOOKUP:
            node.fault("form", _("Ô tệp %(field)s phải gắn với một giấy tờ phải nộp.") % {"field": field.key})


def _all_fields(form: FormSchema) -> list[Field]:
    fields: list[Field] = []
    for page in form.pages:
        for field in page.fields:
            fields.append(field)
            fields.extend(field.fields)
    return fields

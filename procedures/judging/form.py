"""The e-form: every condition can hold, nothing asked for is hidden for ever, checks can fire, somebody is named."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from procedures.formschema.definition import Field, FormSchema, Page
from procedures.judging.findings import Finding, hint, stop
from procedures.judging.reach import Link, Reach, Verdict


def judge_form(form: FormSchema, cases: Sequence[str], on: date) -> Iterator[Finding]:
    """`cases`: keys of the procedure's cases."""
    reach = Reach(form, cases, on)
    for p, page in enumerate(form.pages):
        path = f"form.pages[{p}]"
        verdict = reach.find((Link(page.visible_if),)) if page.visible_if else Verdict.REACHED
        if verdict is not Verdict.REACHED:
            yield _tell(verdict, path, _("Trang “%(name)s”") % {"name": page.title.vi})
        if verdict is not Verdict.NEVER:
            yield from _judge_questions(reach, page, path)
    yield from _judge_checks(reach, form)
    yield from _judge_parties(reach, form)


def _judge_questions(reach: Reach, page: Page, path: str) -> Iterator[Finding]:
    for f, question in enumerate(page.fields):
        place = f"{path}.fields[{f}]"
        verdict = _see(reach, question)
        if verdict is not Verdict.REACHED:
            yield _tell(verdict, place, _name(question))
        for c, column in enumerate(question.fields if verdict is not Verdict.NEVER else ()):
            inner = _see(reach, column, question)
            if inner is not Verdict.REACHED:
                yield _tell(inner, f"{place}.fields[{c}]", _name(column))


def _see(reach: Reach, question: Field, group: Field | None = None) -> Verdict:
    """Only for questions with a condition of their own; others come and go with their page."""
    if question.visible_if is None:
        return Verdict.REACHED
    return reach.find(reach.chain_to(question, group))


def _judge_checks(reach: Reach, form: FormSchema) -> Iterator[Finding]:
    for n, check in enumerate(form.checks):
        group = form.by_key[check.group] if check.group else None
        outer = reach.chain_to(group) if group else ()
        verdict = reach.find((*outer, Link(check.condition, group)))
        path = f"form.checks[{n}]"
        if verdict is Verdict.NEVER:
            yield stop(
                path,
                _("Lời báo lỗi “%(message)s” không bao giờ hiện.") % {"message": check.message.vi},
                _("Sửa điều kiện báo lỗi, hoặc xóa lời báo lỗi này."),
            )
        elif verdict is Verdict.UNKNOWN:
            yield _doubt(path, _("Lời báo lỗi “%(name)s”") % {"name": check.message.vi})


def _judge_parties(reach: Reach, form: FormSchema) -> Iterator[Finding]:
    """Somebody must own the dossier, and each person named must be able to appear."""
    owners = [party for party in form.parties if party.role == "owner"]
    if not owners:
        yield stop(
            "form.parties",
            _("Mẫu chưa nói ai là chủ hồ sơ."),
            _("Chọn trang có họ tên của chủ hồ sơ trong mẫu điện tử."),
        )
    for n, party in enumerate(form.parties):
        if party.visible_if and reach.find((Link(party.visible_if),)) is Verdict.NEVER:
            yield stop(
                f"form.parties[{n}]",
                _("Có một người trong hồ sơ không bao giờ xuất hiện."),
                _("Sửa điều kiện của người này, hoặc xóa đi."),
            )


def _name(question: Field) -> str:
    if question.required:
        return _("Câu hỏi bắt buộc “%(name)s”") % {"name": question.label.vi}
    return _("Câu hỏi “%(name)s”") % {"name": question.label.vi}


def _tell(verdict: Verdict, path: str, name: str) -> Finding:
    if verdict is Verdict.UNKNOWN:
        return _doubt(path, name)
    return stop(
        path,
        _("%(name)s không bao giờ hiện, dù người dân trả lời thế nào.") % {"name": name},
        _("Sửa điều kiện hiện của chỗ này, hoặc xóa đi."),
    )


def _doubt(path: str, name: str) -> Finding:
    return hint(
        path,
        _("%(name)s: không kiểm tra hết được khi nào thì hiện.") % {"name": name},
        _("Mở bản xem trước, trả lời thử để thấy chỗ này hiện ra."),
    )

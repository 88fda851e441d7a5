"""Papers and their places in the e-form: what must be handed in online can be handed in."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from procedures.content import Content
from procedures.formschema.schema import Field, FormSchema
from procedures.judging.findings import STOP, Finding, hint, stop
from procedures.judging.reach import Reach, Verdict
from procedures.parts import Requirement


def judge_papers(content: Content, on: date) -> Iterator[Finding]:
    """Level 3 and 4 only: each required paper to submit has its file, in every case it is required in."""
    if not content.takes_online or content.form is None:
        return
    files: dict[str, list[Field]] = {}
    for field in content.form.fields():
        if field.type == "file":
            files.setdefault(field.requirement, []).append(field)
    for n, paper in enumerate(content.requirements):
        if not paper.is_submitted or not paper.required or paper.filled_online:
            continue
        path = f"requirements[{n}]"
        yield from _judge_needless(content, content.form, paper, files.get(paper.key, []), on)
        if paper.key not in files:
            yield Finding(
                path,
                "form",
                STOP,
                _("Giấy tờ bắt buộc “%(paper)s” chưa có chỗ tải tệp trong mẫu điện tử.")
                % {"paper": paper.name.vi},
                _("Thêm câu hỏi kiểu “Tệp” cho giấy tờ này, hoặc bỏ dấu “Bắt buộc” của giấy tờ."),
            )
            continue
        yield from _judge_cases(content, content.form, paper, files[paper.key], path, on)


def _judge_needless(
    content: Content, form: FormSchema, paper: Requirement, files: list[Field], on: date
) -> Iterator[Finding]:
    """A file that must be sent although the case does not need its paper: nobody could file that case."""
    others = [case for case in content.cases if not paper.applies_to(case.key)]
    reach = Reach(form, [case.key for case in content.cases], on)
    for file in (file for file in files if file.required):
        asked = [
            case.label.vi
            for case in others
            if reach.find(reach.chain_to(file), case=case.key) is Verdict.REACHED
        ]
        if asked:
            facts = {"file": file.label.vi, "paper": paper.name.vi, "cases": "; ".join(asked)}
            yield stop(
                _find_path(form, file),
                _("Câu hỏi “%(file)s” bắt buộc gửi tệp cả khi không cần “%(paper)s”: %(cases)s.") % facts,
                _("Thêm điều kiện theo trường hợp cho câu hỏi này, hoặc sửa các trường hợp của giấy tờ."),
            )


def _find_path(form: FormSchema, file: Field) -> str:
    for p, page in enumerate(form.pages):
        for f, question in enumerate(page.fields):
            if question is file:
                return f"form.pages[{p}].fields[{f}]"
    return "form"


def _judge_cases(
    content: Content, form: FormSchema, paper: Requirement, files: list[Field], path: str, on: date
) -> Iterator[Finding]:
    reach = Reach(form, [case.key for case in content.cases], on)
    for case in content.cases:
        if not paper.applies_to(case.key):
            continue
        verdicts = [reach.find(reach.chain_to(file), case=case.key) for file in files]
        if all(verdict is Verdict.NEVER for verdict in verdicts):
            yield hint(
                path,
                _("“%(paper)s” bắt buộc, nhưng ô tệp không hiện khi chọn “%(case)s”.")
                % {"paper": paper.name.vi, "case": case.label.vi},
                _("Sửa điều kiện hiện của ô tệp, hoặc các trường hợp của giấy tờ."),
            )

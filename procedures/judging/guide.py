"""The guided check: every question, reason to stop, paper and case can be reached by some answers."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from procedures.comparing import label_path
from procedures.content import Content
from procedures.guide.reach import list_unreached
from procedures.judging.findings import Document, Finding, stop


def judge_guide(content: Content, document: Document, on: date) -> Iterator[Finding]:
    """Only for a guide somebody wrote: one that follows from the cases reaches all of them."""
    for path in list_unreached(content, on):
        message = _("Cần chuẩn bị gì? %(part)s: không câu trả lời nào dẫn đến đây.")
        part = label_path(document, path) or _("một phần")
        mend = _("Sửa điều kiện của phần này trong “Cần chuẩn bị gì?”, hoặc xóa phần này.")
        yield stop(path, message % {"part": part}, mend)

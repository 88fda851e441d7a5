"""The eleven items every procedure states (Decree 63/2010 Art. 8, Decree 43/2011 Art. 17), and its legal basis."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.choices import Channel
from procedures.judging.findings import Document, Finding, hint, stop

# Item of the decree: where it stands, what it is called.
ITEMS = (
    ("name", gettext_lazy("Tên thủ tục")),
    ("how_steps", gettext_lazy("Trình tự thực hiện")),
    ("submit_ways", gettext_lazy("Cách thức thực hiện (hướng dẫn từng cách nộp)")),
    ("requirements", gettext_lazy("Thành phần hồ sơ")),
    ("limits", gettext_lazy("Thời hạn giải quyết")),
    ("audience", gettext_lazy("Đối tượng thực hiện")),
    ("agencies", gettext_lazy("Cơ quan giải quyết")),
    ("results", gettext_lazy("Kết quả")),
    ("legal_basis", gettext_lazy("Căn cứ pháp lý")),
)
# Items "if any": their absence may be right.
IF_ANY = (
    (
        "conditions",
        gettext_lazy("Yêu cầu, điều kiện"),
        gettext_lazy("Không có yêu cầu nào thì để nguyên."),
    ),
    ("forms_files", gettext_lazy("Tên mẫu đơn, tờ khai"), gettext_lazy("Có mẫu đơn thì thêm tên của mẫu.")),
)
_NUMBER = re.compile(
    r"(?!(19|20)\d\d/QH)\d+(\.\d+)?[a-zđ]?(/\d{4})?/[A-ZĐ]{1,8}\d{0,2}([-/][A-ZĐa-zđ]{1,10}\d{0,2}){0,4}"
)


def judge_items(document: Document, refused: Collection[str]) -> Iterator[Finding]:
    """On the raw document, so that a draft hears of everything at once. `refused`: paths told already."""
    is_partial = document.get("partial") is True
    for path, label in ITEMS:
        if not document.get(path) and path != "limits" and path not in refused:
            say = hint if is_partial else stop
            message = _("%(item)s: chưa ghi. Đây là một trong các mục bắt buộc của thủ tục.") % {
                "item": label
            }
            yield say(path, message, _("Thêm nội dung cho mục này."))
    for path, label, mend in IF_ANY:
        if not document.get(path):
            yield hint(path, _("%(item)s: chưa ghi.") % {"item": label}, str(mend))
    yield from _judge_laws(document.get("legal_basis"))
    yield from _judge_ways(document)


def _judge_laws(laws: Any) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, law in enumerate(laws if isinstance(laws, list) else []):
        number = law.get("number") if isinstance(law, dict) else None
        if not isinstance(number, str) or not number:
            continue
        path = f"legal_basis[{place}].number"
        if number in seen:
            message = _("Căn cứ pháp lý: số %(number)s ghi hai lần.") % {"number": number}
            yield stop(path, message, _("Xóa một dòng."))
        elif not _NUMBER.fullmatch(number):
            message = _("Căn cứ pháp lý: “%(number)s” không giống số hiệu văn bản.") % {"number": number}
            yield stop(path, message, _("Chỉ ghi số hiệu, ví dụ 123/2015/NĐ-CP. Tên văn bản ghi ở ô bên."))
        seen.add(number)


def _judge_ways(document: Document) -> Iterator[Finding]:
    """Each channel has its own sentence on how to file."""
    channels = document.get("channels")
    ways = document.get("submit_ways")
    told = (
        {str(way.get("channel")) for way in ways if isinstance(way, dict)}
        if isinstance(ways, list)
        else set()
    )
    for channel in channels if isinstance(channels, list) else ():
        if channel in Channel.values and channel not in told:
            label = Channel(channel).label
            yield hint(
                "submit_ways",
                _("Cách nộp “%(channel)s” chưa có lời hướng dẫn.") % {"channel": label},
                _("Thêm một câu: nộp cách này thì làm thế nào."),
            )
    if not document.get("receive_ways"):
        yield hint(
            "receive_ways", _("Chưa ghi cách nhận kết quả."), _("Thêm từng cách nhận, mỗi cách một câu.")
        )

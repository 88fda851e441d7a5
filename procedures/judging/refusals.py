"""What the reader of documents refuses, for people who never see a document."""

import re
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.comparing import label_path
from procedures.editing.sections import BY_KEY, section_of
from procedures.judging.findings import Document, Finding, stop

_ONE_OF_LIST = gettext_lazy("Chọn một mục trong danh sách.")
_CONDITION = re.compile(r"\.(visible_if|if)\b.*")
_LACKING = "chưa ghi."
# The reader's sentence begins so; what is said instead, and how to mend it ("" for the general way).
_PLAINLY = (
    ("Thiếu nội dung", gettext_lazy("chưa ghi."), ""),
    ("Phần này phải là chữ", gettext_lazy("chưa ghi."), ""),
    ("Phần này phải có dạng vi", gettext_lazy("chưa ghi."), gettext_lazy("Ghi nội dung tiếng Việt.")),
    ("Phần này cần ít nhất một mục", gettext_lazy("chưa có mục nào."), gettext_lazy("Thêm ít nhất một mục.")),
    ("Giá trị phải là một trong", gettext_lazy("chưa chọn."), _ONE_OF_LIST),
    ("Phần này phải là số nguyên", gettext_lazy("chưa là số hợp lệ."), gettext_lazy("Ghi một số nguyên.")),
    (
        "Phần này phải là đúng hoặc sai",
        gettext_lazy("chưa rõ có hay không."),
        gettext_lazy("Đánh dấu lại ô này."),
    ),
    ("Không có câu hỏi", gettext_lazy("dùng một câu hỏi không còn."), gettext_lazy("Chọn lại câu hỏi.")),
    ("Không có trang", gettext_lazy("dùng một trang không còn."), gettext_lazy("Chọn lại trang.")),
    ("Không có nhóm", gettext_lazy("dùng một nhóm không còn."), gettext_lazy("Chọn lại nhóm.")),
    (
        "Ô tệp",
        gettext_lazy("có ô tệp chưa gắn với giấy tờ phải nộp."),
        gettext_lazy("Mở câu hỏi kiểu “Tệp”, chọn giấy tờ mà ô ấy nhận."),
    ),
    ("Khóa này đã dùng", gettext_lazy("trùng với mục ở trên."), gettext_lazy("Sửa hoặc xóa một trong hai.")),
    (
        "Khóa chỉ gồm",
        gettext_lazy("có mã bên trong không hợp lệ."),
        gettext_lazy("Xóa mục này rồi thêm lại."),
    ),
    ("Ngày phải có dạng", gettext_lazy("không phải một ngày."), gettext_lazy("Ghi ngày, tháng, năm.")),
    ("Giá trị này bị lặp lại", gettext_lazy("bị ghi hai lần."), gettext_lazy("Bỏ bớt một lần.")),
)
_UNKNOWN = "Tên này không có trong mẫu"


def word_refusals(document: Document, errors: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """One stop for each place, with labels instead of paths."""
    for path, messages in errors.items():
        if _is_told_by_a_neighbour(path, errors):
            continue
        for message in messages:
            place, said, mend = _say(document, path, message)
            title = BY_KEY[section_of(path)].title
            general = _("Mở phần “%(section)s” và sửa chỗ này.") % {"section": title}
            yield stop(place, said, mend or general)


def _is_told_by_a_neighbour(path: str, errors: Mapping[str, Sequence[str]]) -> bool:
    """Nobody sees a key: it comes with the name, and where that is missing too, once is enough."""
    stem = path.removesuffix("key")
    if stem == path or any(line.startswith("Khóa này đã dùng") for line in errors[path]):
        return False
    return any(other != path and other.startswith(stem) for other in errors)


def _say(document: Document, path: str, message: str) -> tuple[str, str, str]:
    """Place, sentence, and the way to mend it."""
    condition = _CONDITION.sub("", path)
    if condition != path:
        facts = {"label": label_path(document, condition) or _("Tài liệu")}
        words = _("%(label)s: điều kiện chưa đủ, hoặc so với một câu không còn hay đứng sau.") % facts
        return condition, words, str(_("Sửa lại từng dòng của điều kiện."))
    if message.startswith(_UNKNOWN):
        return _say_unknown(document, path)
    label = label_path(document, path) or _("Tài liệu")
    said, mend = _say_plainly(message)
    if path == "level":
        said, mend = _("chưa chọn."), _("Chọn một trong bốn mức độ.")
    elif said == _LACKING and not mend:
        mend = _("Ghi nội dung này, hoặc xóa cả mục.") if "[" in path else _("Ghi nội dung này.")
    return path, f"{label}: {said}", mend


def _say_unknown(document: Document, path: str) -> tuple[str, str, str]:
    """A part the software does not know; only files from elsewhere have such."""
    home, _dot, name = path.rpartition(".")
    if not home:
        words = _("Tệp đã nhập có phần “%(name)s” mà phần mềm không biết.") % {"name": name}
        return path, words, _("Người soạn tệp xóa phần ấy rồi nhập lại.")
    words = _("%(label)s: có chi tiết phần mềm không đọc được.") % {"label": label_path(document, home)}
    return home, words, _("Xóa mục này rồi thêm lại.")


def _say_plainly(message: str) -> tuple[str, str]:
    for start, said, mend in _PLAINLY:
        if message.startswith(start):
            return str(said), str(mend)
    if len(message) > 1 and message[1].islower():
        return message[0].lower() + message[1:], ""
    return message, ""

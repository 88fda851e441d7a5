"""The sections of a procedure's document as an admin sees them, and which part of it belongs to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Section:
    """One page of the editor; `parts`: the top names of the document it writes."""

    key: str
    title: StrOrPromise
    hint: StrOrPromise
    parts: tuple[str, ...]


SECTIONS = (
    Section(
        "names",
        _("Tên và lĩnh vực"),
        _("Tên chính thức, tên thường gọi, lĩnh vực, tóm tắt"),
        ("name", "everyday_name", "field", "summary", "province", "effective_from", "source_url"),
    ),
    Section(
        "audience",
        _("Đối tượng và cơ quan"),
        _("Ai được làm, điều kiện, cơ quan nào giải quyết"),
        ("audience", "conditions", "tiers", "performed_by", "agencies"),
    ),
    Section(
        "cases",
        _("Trường hợp"),
        _("Mỗi trường hợp có giấy tờ, thời hạn hoặc lệ phí riêng"),
        ("case_question", "cases"),
    ),
    Section(
        "papers",
        _("Giấy tờ"),
        _("Thành phần hồ sơ: nộp, xuất trình hay tra cứu"),
        ("requirements", "sets"),
    ),
    Section(
        "limits",
        _("Thời hạn"),
        _("Theo trường hợp và cách nộp; thời gian kiểm tra, bổ sung"),
        ("limits", "limit_note", "check_hours", "supplement"),
    ),
    Section(
        "fees",
        _("Phí, lệ phí"),
        _("Mức thu theo trường hợp và cách nộp; ai được miễn, giảm"),
        ("fees", "reliefs"),
    ),
    Section(
        "steps",
        _("Quy trình"),
        _("Các bước xử lý bên trong và các bước người dân đọc"),
        (
            "steps", "how_steps", "same_day", "authorised_desk", "quick", "all_owners_consent",
            "draft_confirmation",
        ),
    ),
    Section("results", _("Kết quả"), _("Người dân nhận được gì"), ("results",)),
    Section("law", _("Căn cứ pháp lý"), _("Luật, nghị định, thông tư, quyết định"), ("legal_basis",)),
    Section(
        "ways",
        _("Cách nộp, cách nhận"),
        _("Qua mạng, tại quầy, qua bưu chính"),
        ("channels", "submit_ways", "receive_ways", "other_portal"),
    ),
    Section(
        "level",
        _("Mức độ dịch vụ"),
        _("Người dân làm được gì trên mạng"),
        ("level", "partial"),
    ),
    Section(
        "search",
        _("Tìm kiếm và liên quan"),
        _("Từ người dân hay dùng, thủ tục nên làm tiếp"),
        ("aliases", "next_codes"),
    ),
    Section("guide", _("Hỏi đáp hướng dẫn"), _("Vài câu hỏi để biết cần chuẩn bị gì"), ("guide",)),
    Section("form", _("Mẫu điện tử"), _("Các trang và câu hỏi khi nộp qua mạng"), ("form",)),
    Section(
        "samples",
        _("Mẫu đơn, mẫu điền sẵn"),
        _("Tên các mẫu để tải về"),
        ("forms_files", "samples"),
    ),
)  # fmt: skip
BY_KEY: Mapping[str, Section] = {section.key: section for section in SECTIONS}
_SECTION_OF = {part: section.key for section in SECTIONS for part in section.parts}


def section_of(path: str) -> str:
    """The section a path of the document belongs to ("requirements[2].mode" -> "papers"); names by default."""
    top = path.split(".", 1)[0].split("[", 1)[0]
    return _SECTION_OF.get(top, "names")

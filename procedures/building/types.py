"""The kinds of questions in everyday words: what each is for, its picture, and what may fill it in beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from procedures.formschema.types import field_types

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Kind:
    """One kind of question as the builder offers it. `icon`: in static/img/icons.svg."""

    name: str
    family: StrOrPromise
    icon: str
    example: StrOrPromise

    @property
    def title(self) -> str:
        return field_types.get(self.name).title

    @property
    def settings(self) -> frozenset[str]:
        return field_types.get(self.name).settings


WRITING, PICKING = _("Ghi chữ, ghi số, ghi ngày"), _("Chọn, đánh dấu")
PEOPLE, OTHERS = _("Về người và tổ chức"), _("Giấy tờ, nhóm, lời nhắc")
KINDS = (
    Kind("text", WRITING, "pen", _("Một dòng chữ: tên quán, lý do ngắn")),
    Kind("paragraph", WRITING, "chat", _("Nhiều dòng: nội dung đề nghị")),
    Kind("integer", WRITING, "stamp", _("Số đếm: số bản sao, số người")),
    Kind("decimal", WRITING, "tools", _("Số có phần lẻ: diện tích 75,5")),
    Kind("money", WRITING, "coin", _("Số tiền, bằng đồng")),
    Kind("date", WRITING, "calendar", _("Ngày đầy đủ: 15/8/1990")),
    Kind("partial_date", WRITING, "calendar", _("Ngày có thể chỉ nhớ năm: 1950")),
    Kind("time", WRITING, "clock", _("Giờ trong ngày: 7:30")),
    Kind("choice", PICKING, "check", _("Chọn một trong các ý bạn ghi")),
    Kind("choices", PICKING, "check", _("Chọn một hoặc nhiều ý")),
    Kind("boolean", PICKING, "check", _("Trả lời Có hoặc Không")),
    Kind("declaration", PICKING, "shield", _("Ô đánh dấu: “Tôi cam đoan…”")),
    Kind("person_name", PEOPLE, "person", _("Họ, chữ đệm, tên như trên giấy tờ")),
    Kind("identity_document", PEOPLE, "id", _("Loại giấy tờ, số, ngày cấp, nơi cấp")),
    Kind("national_id", PEOPLE, "id", _("12 chữ số của căn cước")),
    Kind("phone", PEOPLE, "phone", _("Số điện thoại")),
    Kind("email", PEOPLE, "mail", _("Địa chỉ thư điện tử")),
    Kind("address", PEOPLE, "home", _("Tỉnh, xã, thôn, số nhà")),
    Kind("ethnicity", PEOPLE, "users", _("Chọn trong 54 dân tộc")),
    Kind("nationality", PEOPLE, "users", _("Chọn một nước")),
    Kind("tax_code", PEOPLE, "shop", _("Mã số thuế của tổ chức, cá nhân")),
    Kind("file", OTHERS, "upload", _("Tệp hoặc ảnh của một giấy tờ phải nộp")),
    Kind("group", OTHERS, "users", _("Nhóm lặp lại, ví dụ thành viên hộ")),
    Kind("note", OTHERS, "info", _("Lời nhắc, không hỏi gì")),
)
BY_NAME = {kind.name: kind for kind in KINDS}
NOT_IN_GROUPS = ("group", "file")
"""What a row of a group cannot ask for."""

PREFILLS = {
    "person.full_name": _("Họ tên trong tài khoản"),
    "person.birth_date": _("Ngày sinh trong tài khoản"),
    "person.gender": _("Giới tính trong tài khoản"),
    "person.national_id": _("Số định danh trong tài khoản"),
    "person.identity": _("Giấy tờ tùy thân trong tài khoản"),
    "person.phone": _("Số điện thoại trong tài khoản"),
    "person.email": _("Thư điện tử trong tài khoản"),
    "person.address": _("Nơi ở trong tài khoản"),
    "person.ethnicity": _("Dân tộc trong tài khoản"),
    "person.nationality": _("Quốc tịch trong tài khoản"),
    "organisation.name": _("Tên tổ chức người nộp đại diện"),
    "organisation.representative": _("Người đại diện của tổ chức"),
    "organisation.tax_code": _("Mã số thuế của tổ chức"),
    "organisation.address": _("Trụ sở của tổ chức"),
    "organisation.phone": _("Số điện thoại của tổ chức"),
    "organisation.email": _("Thư điện tử của tổ chức"),
}
"""Where an answer may come from before anything is typed."""

PRECISIONS = {
    "line": _("Đến số nhà hoặc thôn, xóm"),
    "commune": _("Đến xã, phường"),
    "province": _("Chỉ tỉnh, thành phố"),
}
ISSUES = {
    "optional": _("Hỏi, không bắt buộc"),
    "required": _("Bắt buộc"),
    "none": _("Không hỏi"),
}
"""Whether day and place of issue of a paper are asked."""

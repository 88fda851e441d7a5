"""The e-form as people speak of it: pages, questions, answers, checks, and who the answers name."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from procedures.comparing.conditions import say_condition
from procedures.comparing.parts import Item, Part
from procedures.comparing.speaking import Names, vietnamese
from procedures.comparing.wording import by_names, day, each, either, named, plain
from procedures.formschema.types import field_types

ROLES = {
    "owner": lazy("Chủ hồ sơ"), "co_owner": lazy("Đồng chủ hồ sơ"), "submitter": lazy("Người nộp"),
    "spouse": lazy("Vợ, chồng"), "child": lazy("Con"), "deceased": lazy("Người đã mất"),
    "representative": lazy("Người đại diện"), "household_member": lazy("Thành viên hộ"),
}  # fmt: skip
_KINDS = {
    "person": lazy("cá nhân"), "household": lazy("hộ gia đình"), "household_business": lazy("hộ kinh doanh"),
    "organisation": lazy("tổ chức, doanh nghiệp"), "public_body": lazy("cơ quan nhà nước"),
    "community": lazy("cộng đồng dân cư"), "foreigner": lazy("người nước ngoài"),
}  # fmt: skip
_PREFILL = {
    "person.full_name": lazy("họ tên trong tài khoản"), "person.identity": lazy("giấy tờ tùy thân"),
    "person.national_id": lazy("số định danh"), "person.birth_date": lazy("ngày sinh"),
    "person.gender": lazy("giới tính"), "person.phone": lazy("số điện thoại"),
    "person.email": lazy("thư điện tử"), "person.address": lazy("địa chỉ"),
    "person.ethnicity": lazy("dân tộc"), "person.nationality": lazy("quốc tịch"),
    "person.tax_code": lazy("mã số thuế"),
}  # fmt: skip
_PRECISION = {
    "province": lazy("đến tỉnh"), "commune": lazy("đến xã, phường"), "line": lazy("đến số nhà"),
}  # fmt: skip
_ISSUE = {"required": lazy("bắt buộc"), "optional": lazy("không bắt buộc"), "none": lazy("không hỏi")}
_ATTRIBUTES = {
    "name": Part(lazy("họ tên"), words=by_names(Names.field)),
    "birth_date": Part(lazy("ngày sinh"), words=by_names(Names.field)),
    "identity": Part(lazy("giấy tờ tùy thân"), words=by_names(Names.field)),
    "phone": Part(lazy("số điện thoại"), words=by_names(Names.field)),
    "email": Part(lazy("thư điện tử"), words=by_names(Names.field)),
    "address": Part(lazy("địa chỉ"), words=by_names(Names.field)),
    "gender": Part(lazy("giới tính"), words=by_names(Names.field)),
    "nationality": Part(lazy("quốc tịch"), words=by_names(Names.field)),
    "ethnicity": Part(lazy("dân tộc"), words=by_names(Names.field)),
    "tax_code": Part(lazy("mã số thuế"), words=by_names(Names.field)),
}


def _type(value: object, names: Names) -> str:
    if isinstance(value, str) and value in field_types:
        return str(field_types.get(value).title)
    return plain(value, names)


def _bound(value: object, names: Names) -> str:
    return _("hôm nay") if value == "today" else day(value, names)


def _check_name(item: Item, _names: Names) -> str:
    return _("Kiểm tra: %(message)s") % {"message": vietnamese(item.get("message"))}


def _party_name(item: Item, names: Names) -> str:
    role = named(ROLES)(item.get("role"), names)
    where = names.page(item["page"]) if item.get("page") else names.field(item.get("group"))
    return _("Người trong hồ sơ: %(role)s, %(where)s") % {"role": role, "where": where}


def _page_name(item: Item, _names: Names) -> str:
    return _("Trang “%(title)s”") % {"title": vietnamese(item.get("title")) or _("chưa có tên")}


_VISIBLE = Part(lazy("chỉ hỏi khi"), words=say_condition)
_OPTIONS = Part(
    lazy("lựa chọn"),
    item=Part(key=lambda item: item.get("value"), told=("value",), inside={"hint": Part(lazy("lời nhắc"))}),
)
_QUESTION = {
    "type": Part(lazy("kiểu trả lời"), words=_type),
    "label": Part(lazy("câu hỏi")),
    "required": Part(words=either("bắt buộc", "không bắt buộc")),
    "hint": Part(lazy("lời nhắc")),
    "official": Part(lazy("tên trong tờ khai")),
    "prefill": Part(lazy("điền sẵn từ"), words=named(_PREFILL)),
    "visible_if": _VISIBLE,
    "options": _OPTIONS,
    "min": Part(lazy("nhỏ nhất hoặc sớm nhất"), words=_bound),
    "max": Part(lazy("lớn nhất hoặc muộn nhất"), words=_bound),
    "max_length": Part(lazy("số chữ nhiều nhất")),
    "decimals": Part(lazy("số chữ số thập phân")),
    "requirement": Part(lazy("tệp của giấy tờ"), words=by_names(Names.paper)),
    "precision": Part(lazy("địa chỉ"), words=named(_PRECISION)),
    "abroad": Part(lazy("nhận địa chỉ nước ngoài"), words=either("có", "không")),
    "papers": Part(lazy("loại giấy tờ")),
    "issue": Part(lazy("ngày cấp, nơi cấp"), words=named(_ISSUE)),
    "row_label": Part(lazy("tên mỗi dòng")),
    "add_label": Part(lazy("chữ trên nút thêm dòng")),
}
_COLUMN = Part(inside=_QUESTION, told=("label",))
_FIELD = Part(inside={**_QUESTION, "fields": Part(item=_COLUMN)}, told=("label",), apart=("fields",))
FORM = Part(
    lazy("Mẫu điện tử"),
    inside={
        "pages": Part(
            item=Part(
                call=_page_name,
                inside={
                    "title": Part(lazy("tên trang")),
                    "hint": Part(lazy("lời nhắc")),
                    "visible_if": _VISIBLE,
                    "fields": Part(item=_FIELD),
                },
                told=("title",),
                apart=("fields",),
            ),
            travels="fields",
        ),
        "checks": Part(
            item=Part(
                key=lambda item: str(item.get("fields")),
                call=_check_name,
                told=("message",),
                inside={
                    "if": Part(lazy("báo lỗi khi"), words=say_condition),
                    "message": Part(lazy("lời báo lỗi")),
                    "fields": Part(lazy("báo tại"), words=each(by_names(Names.field))),
                },
            )
        ),
        "parties": Part(
            item=Part(
                key=lambda item: (str(item.get("role")), str(item.get("page")), str(item.get("group"))),
                call=_party_name,
                told=("role", "page", "group"),
                inside={
                    "role": Part(lazy("vai"), words=named(ROLES)),
                    "kind": Part(lazy("là"), words=named(_KINDS)),
                    "page": Part(lazy("lấy ở trang"), words=by_names(Names.page)),
                    "group": Part(lazy("lấy ở nhóm"), words=by_names(Names.field)),
                    "map": Part(inside=_ATTRIBUTES),
                    "visible_if": Part(lazy("chỉ khi"), words=say_condition),
                },
            )
        ),
    },
)
_RULE = {"if": Part(lazy("khi"), words=say_condition)}
GUIDE = Part(
    lazy("Hỏi đáp"),
    inside={
        "questions": Part(
            item=Part(
                inside={**_QUESTION, "fills": Part(lazy("điền sẵn vào câu"), words=by_names(Names.field))},
                told=("label",),
            )
        ),
        "cases": Part(
            item=Part(
                key=lambda item: item.get("case"),
                call=lambda item, names: _("Trường hợp %(case)s") % {"case": names.case(item.get("case"))},
                inside={**_RULE, "case": Part(lazy("trường hợp"), words=by_names(Names.case))},
                told=("case",),
            )
        ),
        "stops": Part(
            item=Part(
                key=lambda item: str(item.get("message")),
                call=lambda item, names: (
                    _("Không làm được: %(why)s") % {"why": vietnamese(item.get("message"))}
                ),
                inside={
                    **_RULE,
                    "message": Part(lazy("lời giải thích")),
                    "instead": Part(lazy("thủ tục nên làm")),
                },
                told=("message",),
            )
        ),
        "papers": Part(
            item=Part(
                key=lambda item: item.get("requirement"),
                call=lambda item, names: names.paper(item.get("requirement")),
                inside={**_RULE, "requirement": Part(lazy("giấy tờ"), words=by_names(Names.paper))},
                told=("requirement",),
            )
        ),
    },
)

"""The document as people speak of it: every part that has a name of its own."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from portal.accounts.choices import AgencyKind, Role
from procedures.choices import (
    Channel,
    FeeKind,
    FeeMode,
    PaperPicture,
    RequirementMode,
    ResultMedium,
    ServiceLevel,
    StepKind,
    SupplementClock,
    Tier,
)
from procedures.comparing.conditions import say_condition
from procedures.comparing.form_shape import FORM, GUIDE
from procedures.comparing.parts import Item, Part, Together
from procedures.comparing.speaking import Names, vietnamese
from procedures.comparing.wording import (
    by_names,
    day,
    each,
    either,
    fee_amount,
    hours,
    limit_amount,
    money,
    one_of,
    place,
    plain,
    relief_size,
)


def _level(value: object, names: Names) -> str:
    if value not in ServiceLevel.values:
        return plain(value, names)
    return _("mức độ %(level)s: %(promise)s") % {"level": value, "promise": ServiceLevel(value).promise}


def _fee_name(item: Item, names: Names) -> str:
    name = vietnamese(item.get("label")) or _("khoản thu chưa có tên")
    parts = [place(item, names)] if item.get("case") or item.get("channel") else []
    parts += [_("đến hết %(day)s") % {"day": day(item["until"], names)}] if item.get("until") else []
    return f"{name} ({', '.join(parts)})" if parts else name


def _general_fee(item: Item, fees: Sequence[Item]) -> Item | None:
    """The rule of the same charge for every case and channel."""
    if not isinstance(item, Mapping) or not (item.get("case") or item.get("channel")):
        return None
    same = (
        fee for fee in fees if fee.get("key") == item.get("key") and fee.get("until") == item.get("until")
    )
    return next((fee for fee in same if not fee.get("case") and not fee.get("channel")), None)


_ANSWER = either("có", "không")
_CASES = Part(lazy("trường hợp"), words=each(by_names(Names.case)))
_WHERE = {
    "case": Part(lazy("trường hợp"), words=by_names(Names.case)),
    "channel": Part(lazy("cách nộp"), words=one_of(Channel)),
}

CASES = Part(lazy("Trường hợp"), item=Part(inside={"hint": Part(lazy("lời nhắc"))}))
PAPERS = Part(
    lazy("Giấy tờ"),
    item=Part(
        inside={
            "mode": Part(words=one_of(RequirementMode)),
            "required": Part(words=either("bắt buộc", "khi cần", default=True)),
            "originals": Part(lazy("số bản chính")),
            "copies": Part(lazy("số bản sao")),
            "cases": _CASES,
            "hint": Part(lazy("lời nhắc")),
            "replaces": Part(lazy("thay cho"), words=by_names(Names.paper)),
            "filled_online": Part(lazy("điền trên mạng"), words=_ANSWER),
            "database": Part(lazy("đã có trong cơ sở dữ liệu")),
            "picture": Part(lazy("ảnh mẫu"), words=one_of(PaperPicture)),
        }
    ),
)
LIMITS = Part(
    lazy("Thời hạn"),
    item=Part(
        key=lambda item: (item.get("case"), item.get("channel")),
        call=place,
        told=("case", "channel"),
        together=(Together(("value", "unit"), "", limit_amount),),
        inside=_WHERE,
    ),
)
FEES = Part(
    lazy("Phí, lệ phí"),
    item=Part(
        key=lambda item: (item.get("key"), item.get("case"), item.get("channel"), item.get("until")),
        call=_fee_name,
        stands_for=_general_fee,
        told=("label", "case", "channel", "until"),
        together=(Together(("amount", "unit", "per", "bands", "cap"), "", fee_amount),),
        inside={
            **_WHERE,
            "label": Part(lazy("tên khoản")),
            "kind": Part(lazy("loại"), words=one_of(FeeKind)),
            "mode": Part(lazy("lúc thu"), words=one_of(FeeMode)),
            "cap": Part(lazy("mức cao nhất"), words=money),
            "basis": Part(lazy("căn cứ")),
            "until": Part(lazy("áp dụng đến hết ngày"), words=day),
            "refund_on_withdraw": Part(lazy("trả lại khi rút hồ sơ"), words=_ANSWER),
            "illustrative": Part(lazy("mức thu minh họa"), words=_ANSWER),
        },
    ),
)
RELIEFS = Part(
    lazy("Miễn, giảm"),
    item=Part(
        together=(Together(("percent", "amount"), "", relief_size),),
        told=("label",),
        inside={
            "label": Part(lazy("ai được hưởng")),
            "percent": Part(lazy("phần trăm giảm")),
            "amount": Part(lazy("số tiền giảm"), words=money),
            "of": Part(lazy("cho khoản"), words=each(by_names(Names.fee))),
            **_WHERE,
            "if": Part(lazy("chỉ khi"), words=say_condition),
            "from": Part(lazy("từ ngày"), words=day),
            "until": Part(lazy("đến hết ngày"), words=day),
            "basis": Part(lazy("căn cứ")),
            "paper": Part(lazy("giấy tờ chứng minh"), words=by_names(Names.paper)),
        },
    ),
)
STEPS = Part(
    lazy("Bước xử lý"),
    item=Part(
        inside={
            "kind": Part(lazy("việc"), words=one_of(StepKind)),
            "hours": Part(words=hours),
            "role": Part(lazy("người làm"), words=one_of(Role)),
        }
    ),
)
_WAY = Part(
    key=lambda item: item.get("channel"),
    call=lambda item, names: one_of(Channel)(item.get("channel"), names) or _("cách chưa chọn"),
    told=("channel",),
    inside={"text": Part()},
)
_FILE = Part(inside={"hint": Part(lazy("lời nhắc"))})
_LAW = Part(
    key=lambda item: item.get("number"),
    call=lambda item, names: str(item.get("number") or _("văn bản chưa có số hiệu")),
    told=("number",),
    inside={"title": Part()},
)
DOCUMENT = Part(
    inside={
        "schema": Part(lazy("Mẫu tài liệu")),
        "code": Part(lazy("Mã thủ tục")),
        "name": Part(lazy("Tên thủ tục")),
        "everyday_name": Part(lazy("Tên thường gọi")),
        "field": Part(lazy("Lĩnh vực")),
        "summary": Part(lazy("Tóm tắt")),
        "aliases": Part(lazy("Từ để tìm")),
        "province": Part(lazy("Thủ tục riêng của tỉnh")),
        "partial": Part(lazy("Còn thiếu mục"), words=_ANSWER),
        "source_url": Part(lazy("Trang gốc")),
        "effective_from": Part(lazy("Có hiệu lực từ ngày"), words=day),
        "tiers": Part(lazy("Cấp thực hiện"), words=each(one_of(Tier))),
        "audience": Part(lazy("Đối tượng")),
        "conditions": Part(lazy("Yêu cầu, điều kiện")),
        "case_question": Part(lazy("Câu hỏi chọn trường hợp")),
        "cases": CASES,
        "requirements": PAPERS,
        "sets": Part(lazy("Số bộ hồ sơ")),
        "limits": LIMITS,
        "limit_note": Part(lazy("Ghi chú thời hạn")),
        "check_hours": Part(lazy("Thời gian kiểm tra hồ sơ nộp qua mạng"), words=hours),
        "supplement": Part(
            lazy("Yêu cầu bổ sung"),
            inside={
                "policy": Part(lazy("cách tính lại thời hạn"), words=one_of(SupplementClock)),
                "rounds": Part(lazy("số lần")),
                "window_days": Part(lazy("được yêu cầu trong mấy ngày làm việc")),
            },
        ),
        "fees": FEES,
        "reliefs": RELIEFS,
        "performed_by": Part(lazy("Cơ quan nhận hồ sơ"), words=each(one_of(AgencyKind))),
        "agencies": Part(
            lazy("Cơ quan"),
            inside={
                "competent": Part(lazy("có thẩm quyền quyết định")),
                "performing": Part(lazy("trực tiếp thực hiện")),
                "authorised": Part(lazy("được ủy quyền")),
                "coordinating": Part(lazy("phối hợp")),
            },
        ),
        "steps": STEPS,
        "how_steps": Part(lazy("Trình tự thực hiện")),
        "same_day": Part(lazy("Trả kết quả trong ngày"), words=_ANSWER),
        "authorised_desk": Part(lazy("Bàn được ủy quyền ký"), words=_ANSWER),
        "quick": Part(lazy("Làm ngay tại bàn"), words=_ANSWER),
        "all_owners_consent": Part(lazy("Mọi đồng chủ phải đồng ý"), words=_ANSWER),
        "draft_confirmation": Part(lazy("Gửi bản nháp cho người dân kiểm tra"), words=_ANSWER),
        "results": Part(
            lazy("Kết quả"),
            item=Part(inside={"medium": Part(lazy("dạng"), words=one_of(ResultMedium))}),
        ),
        "legal_basis": Part(lazy("Căn cứ pháp lý"), item=_LAW),
        "channels": Part(lazy("Cách nộp"), words=each(one_of(Channel))),
        "submit_ways": Part(lazy("Hướng dẫn từng cách nộp"), item=_WAY),
        "receive_ways": Part(lazy("Cách nhận kết quả"), item=_WAY),
        "other_portal": Part(
            lazy("Trang làm thủ tục này"), inside={"name": Part(lazy("tên")), "url": Part(lazy("địa chỉ"))}
        ),
        "level": Part(lazy("Mức độ dịch vụ"), words=_level),
        "next_codes": Part(lazy("Thủ tục nên làm tiếp")),
        "forms_files": Part(lazy("Mẫu đơn"), item=_FILE),
        "samples": Part(lazy("Mẫu điền sẵn"), item=_FILE),
        "form": FORM,
        "guide": GUIDE,
    }
)

"""What stands on the page of each section: fields and rows, in the order an admin fills them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from portal.accounts.choices import Role
from procedures.choices import (
    Channel,
    PaperPicture,
    RequirementMode,
    ResultMedium,
    StepKind,
    SupplementClock,
    Tier,
)
from procedures.editing.fields import Spec
from procedures.editing.rows import TEXT, Rows

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_ROLES = [(role.value, role.label) for role in Role if role not in (Role.CATALOGUE_ADMIN, Role.SITE_ADMIN)]
_LAW_HINT = _("Số, năm và ký hiệu, ví dụ 123/2015/NĐ-CP hoặc 60/2014/QH13.")


@dataclass(frozen=True)
class Group:
    """Fields under one heading."""

    title: StrOrPromise
    specs: tuple[Spec, ...]
    hint: StrOrPromise = ""


@dataclass(frozen=True)
class Custom:
    """A part with a page of its own making: `limits`, `fees`, `level`."""

    name: str
    title: StrOrPromise


Block = Group | Rows | Custom

_NAMES: tuple[Block, ...] = (
    Group(
        _("Tên gọi"),
        (
            Spec("name", _("Tên chính thức"), hint=_("Đúng như quyết định công bố.")),
            Spec("everyday_name", _("Tên thường gọi"), hint=_("Như người dân hay nói, ngắn và dễ hiểu.")),
            Spec("field", _("Lĩnh vực"), hint=_("Ví dụ Hộ tịch, Đất đai."), width="m"),
            Spec("summary", _("Tóm tắt"), "long", hint=_("Một, hai câu: làm thủ tục này để được gì.")),
        ),
    ),
    Group(
        _("Nguồn và hiệu lực"),
        (
            Spec(
                "province", _("Riêng của tỉnh"), "line", optional=True, width="m",
                hint=_("Để trống nếu áp dụng cả nước."),
            ),
            Spec(
                "effective_from", _("Có hiệu lực từ ngày"), "day", optional=True, width="s",
                hint=_("Ví dụ 01/07/2025."),
            ),
            Spec(
                "source_url", _("Trang gốc"), "line", optional=True,
                hint=_("Địa chỉ trang công bố chính thức, bắt đầu bằng https://."),
            ),
        ),
    ),
)  # fmt: skip
_AUDIENCE: tuple[Block, ...] = (
    Group(_("Đối tượng"), (Spec("audience", _("Ai được làm thủ tục này")),)),
    Rows(
        "conditions", _("Yêu cầu, điều kiện"), _("điều kiện"),
        (Spec(TEXT, _("Điều kiện"), "long"),), is_texts=True, blank={"vi": ""},
        hint=_("Mỗi điều kiện một câu. Không có điều kiện thì để trống cả phần."),
    ),
    Group(
        _("Cơ quan giải quyết"),
        (
            Spec("tiers", _("Cấp thực hiện"), "many", choices=Tier.choices),
            Spec("agencies.competent", _("Cơ quan có thẩm quyền")),
            Spec("agencies.performing", _("Cơ quan trực tiếp thực hiện")),
            Spec("agencies.authorised", _("Cơ quan được ủy quyền"), optional=True),
            Spec("agencies.coordinating", _("Cơ quan phối hợp"), optional=True),
        ),
    ),
    Custom("performed_by", _("Nơi nhận hồ sơ trong phần mềm này")),
)  # fmt: skip
_CASES: tuple[Block, ...] = (
    Group(
        _("Câu hỏi chọn trường hợp"),
        (
            Spec(
                "case_question", _("Câu hỏi"), optional=True,
                hint=_("Cần khi có từ hai trường hợp. Ví dụ: Bạn có giấy tờ nào về việc sinh?"),
            ),
        ),
    ),
    Rows(
        "cases", _("Các trường hợp"), _("trường hợp"),
        (Spec("label", _("Tên trường hợp")), Spec("hint", _("Giải thích"), optional=True)),
        key_from="label", hint=_("Thủ tục chỉ có một cách làm thì không cần trường hợp nào."),
    ),
)  # fmt: skip
_PAPERS: tuple[Block, ...] = (
    Rows(
        "requirements", _("Thành phần hồ sơ"), _("giấy tờ"),
        (
            Spec("name", _("Tên giấy tờ")),
            Spec("mode", _("Người dân làm gì với giấy này"), "one", choices=(
                (RequirementMode.SUBMIT.value, _("Nộp")),
                (RequirementMode.PRESENT.value, _("Chỉ xuất trình để cho xem")),
                (RequirementMode.LOOKUP.value, _("Không phải mang: cơ quan tự tra cứu")),
            )),
            Spec("database", _("Tra cứu ở cơ sở dữ liệu nào"), optional=True,
                 hint=_("Ví dụ Cơ sở dữ liệu quốc gia về dân cư. Có rồi thì người dân không phải nộp.")),
            Spec("cases", _("Cần trong trường hợp nào"), "many", source="cases",
                 hint=_("Không đánh dấu ô nào nghĩa là mọi trường hợp.")),
            Spec("required", _("Bắt buộc"), "flag", default=True,
                 hint=_("Bỏ dấu nếu chỉ một số người cần giấy này.")),
            Spec("originals", _("Số bản chính"), "number", default=1, width="s"),
            Spec("copies", _("Số bản sao"), "number", default=0, width="s"),
            Spec("hint", _("Hướng dẫn ngắn"), "long", optional=True,
                 hint=_("Giấy thế nào là đạt, lấy ở đâu, khi nào không cần.")),
            Spec("picture", _("Hình minh họa"), "one", choices=PaperPicture.choices, optional=True,
                 empty_label=_("– không có hình –")),
            Spec("replaces", _("Thay được cho"), "one", source="requirements", optional=True,
                 empty_label=_("– không thay giấy nào –"), hint=_("Nộp giấy này thì khỏi nộp giấy kia.")),
            Spec("filled_online", _("Là tờ khai: nộp qua mạng thì điền trên trang"), "flag"),
        ),
        key_from="name", folded=True, blank={"mode": RequirementMode.SUBMIT.value},
    ),
    Group(_("Số bộ hồ sơ"), (Spec("sets", _("Số bộ"), "number", default=1, width="s"),)),
)  # fmt: skip
_LIMITS: tuple[Block, ...] = (
    Custom("limits", _("Thời hạn giải quyết")),
    Group(
        _("Ghi chú"),
        (Spec("limit_note", _("Ghi chú về thời hạn"), optional=True,
              hint=_("Ví dụ: nộp sau 15 giờ thì tính từ ngày làm việc sau.")),),
    ),
    Group(
        _("Kiểm tra và yêu cầu bổ sung"),
        (
            Spec("check_hours", _("Giờ làm việc để kiểm tra hồ sơ nộp qua mạng"), "number", default=8, width="s"),
            Spec("supplement.policy", _("Khi người dân nộp bổ sung"), "one", choices=SupplementClock.choices,
                 default=SupplementClock.RESET.value),
            Spec("supplement.rounds", _("Được yêu cầu bổ sung mấy lần"), "number", default=1, width="s"),
            Spec("supplement.window_days", _("Trong mấy ngày làm việc đầu"), "number", default=3, width="s"),
        ),
    ),
)  # fmt: skip
_FEES: tuple[Block, ...] = (
    Custom("fees", _("Các khoản thu")),
    Rows(
        "reliefs",
        _("Miễn, giảm"),
        _("mức miễn, giảm"),
        (
            Spec(
                "label",
                _("Ai hoặc khi nào được miễn, giảm"),
                hint=_("Người dân đọc câu này, ví dụ “Nộp trực tuyến” hoặc “Người thuộc hộ nghèo”."),
            ),
            Spec(
                "percent",
                _("Giảm bao nhiêu phần trăm"),
                "number",
                optional=True,
                width="s",
                hint=_("100 là được miễn."),
            ),
            Spec(
                "amount",
                _("Hoặc giảm số tiền"),
                "money",
                optional=True,
                width="s",
                hint=_("Chỉ ghi một trong hai ô."),
            ),
            Spec(
                "of",
                _("Cho khoản thu nào"),
                "many",
                source="fees",
                hint=_("Không đánh dấu ô nào nghĩa là mọi khoản."),
            ),
            Spec(
                "channel",
                _("Chỉ khi nộp"),
                "one",
                choices=Channel.choices,
                optional=True,
                width="m",
                empty_label=_("– cách nào cũng được –"),
            ),
            Spec(
                "case",
                _("Chỉ trong trường hợp"),
                "one",
                source="cases",
                optional=True,
                empty_label=_("– mọi trường hợp –"),
            ),
            Spec("if", _("Chỉ khi người dân trả lời"), "condition"),
            Spec("from", _("Từ ngày"), "day", optional=True, width="s", hint=_("Ví dụ 01/07/2025.")),
            Spec("until", _("Đến hết ngày"), "day", optional=True, width="s", hint=_("Ví dụ 31/12/2026.")),
            Spec("basis", _("Căn cứ"), "long", optional=True, hint=_("Văn bản cho miễn, giảm.")),
            Spec(
                "paper",
                _("Giấy tờ chứng minh"),
                "one",
                source="requirements",
                optional=True,
                empty_label=_("– không cần giấy nào –"),
            ),
        ),
        key_from="label",
        folded=True,
        blank={"percent": 100},
        hint=_("Mỗi khoản thu chỉ được hưởng một mức: mức có lợi nhất cho người dân."),
    ),
)
_STEPS: tuple[Block, ...] = (
    Rows(
        "steps", _("Quy trình nội bộ"), _("bước"),
        (
            Spec("name", _("Tên bước")),
            Spec("kind", _("Việc"), "one", choices=StepKind.choices, width="m"),
            Spec("role", _("Ai làm"), "one", choices=_ROLES, width="m"),
            Spec("hours", _("Giờ làm việc"), "number", width="s"),
        ),
        key_from="name", blank={"kind": StepKind.PROCESS.value, "role": Role.CASE_OFFICER.value},
        hint=_("Hồ sơ đi qua từng bước theo thứ tự này. Tổng giờ không nên quá thời hạn."),
    ),
    Rows(
        "how_steps", _("Trình tự người dân đọc"), _("câu"),
        (Spec(TEXT, _("Câu"), "long"),), is_texts=True, blank={"vi": ""},
        hint=_("Mỗi bước một câu, bằng lời thường ngày."),
    ),
    Group(
        _("Quy định riêng"),
        (
            Spec("same_day", _("Trả kết quả trong ngày"), "flag",
                 hint=_("Nộp trước 15 giờ thì xong trong ngày, nộp sau thì ngày làm việc sau.")),
            Spec("authorised_desk", _("Quầy được ký thay ngay"), "flag",
                 hint=_("Người ở quầy được ủy quyền ký, hồ sơ không phải chuyển vào trong.")),
            Spec("quick", _("Làm nhanh tại quầy"), "flag",
                 hint=_("Tiếp nhận, thu phí và trả kết quả một lượt, như chứng thực bản sao.")),
            Spec("all_owners_consent", _("Mọi chủ hồ sơ phải đồng ý"), "flag",
                 hint=_("Nộp qua mạng thì từng người đồng sở hữu xác nhận bằng tài khoản của mình.")),
            Spec("draft_confirmation", _("Người dân xem bản nháp kết quả"), "flag",
                 hint=_("Gửi bản nháp để người dân kiểm tra một ngày trước khi ký.")),
        ),
    ),
)  # fmt: skip
_RESULTS: tuple[Block, ...] = (
    Rows(
        "results", _("Kết quả giải quyết"), _("kết quả"),
        (
            Spec("name", _("Tên kết quả")),
            Spec("medium", _("Dạng"), "one", choices=ResultMedium.choices, width="m"),
        ),
        key_from="name", blank={"medium": ResultMedium.BOTH.value},
    ),
)  # fmt: skip
_LAW: tuple[Block, ...] = (
    Rows(
        "legal_basis", _("Văn bản"), _("văn bản"),
        (
            Spec("number", _("Số, ký hiệu"), "line", hint=_LAW_HINT, width="m"),
            Spec("title", _("Tên văn bản"), "long"),
        ),
        title_from="number", hint=_("Văn bản cao hơn đứng trước: luật, nghị định, thông tư, quyết định."),
    ),
)  # fmt: skip
_WAY = (
    Spec("channel", _("Cách"), "one", choices=Channel.choices, width="m"),
    Spec("text", _("Hướng dẫn"), "long"),
)
_WAYS: tuple[Block, ...] = (
    Group(
        _("Nhận hồ sơ qua đâu"),
        (Spec("channels", _("Cách nộp được phép"), "many", choices=Channel.choices),),
    ),
    Rows("submit_ways", _("Hướng dẫn từng cách nộp"), _("cách nộp"), _WAY, blank={"channel": Channel.DESK.value},
         title_from="text"),
    Rows("receive_ways", _("Cách nhận kết quả"), _("cách nhận"), _WAY, blank={"channel": Channel.DESK.value},
         title_from="text"),
    Group(
        _("Nộp ở trang khác"),
        (
            Spec("other_portal.name", _("Tên trang"), optional=True),
            Spec("other_portal.url", _("Địa chỉ"), "line", optional=True, hint=_("Bắt đầu bằng https://.")),
        ),
        hint=_("Chỉ ghi khi thủ tục này nộp qua mạng ở trang của bộ, ngành khác."),
    ),
)  # fmt: skip
_LEVEL: tuple[Block, ...] = (
    Custom("level", _("Mức độ dịch vụ công trực tuyến")),
    Group(
        _("Tình trạng nội dung"),
        (Spec("partial", _("Nội dung còn thiếu mục"), "flag",
              hint=_("Dùng cho thủ tục vừa nhập, chưa biết đủ 11 mục. Khi đó chưa nhận hồ sơ qua mạng.")),),
    ),
)  # fmt: skip
_SEARCH: tuple[Block, ...] = (
    Group(
        _("Giúp người dân tìm thấy"),
        (
            Spec("aliases", _("Người dân còn gọi là"), "lines", optional=True, default=[],
                 hint=_("Mỗi dòng một cách gọi, kể cả từ địa phương và tiếng Anh.")),
            Spec("next_codes", _("Thủ tục nên làm tiếp"), "lines", optional=True,
                 hint=_("Mỗi dòng một mã thủ tục, ví dụ 1.004222.")),
        ),
    ),
)  # fmt: skip
_FILE = (
    Spec("name", _("Tên mẫu")),
    Spec("hint", _("Ghi chú"), optional=True, hint=_("Dùng khi nào, điền thế nào.")),
)
_SAMPLES: tuple[Block, ...] = (
    Rows("forms_files", _("Mẫu đơn, tờ khai để trống"), _("mẫu"), _FILE, key_from="name"),
    Rows("samples", _("Mẫu đã điền sẵn để xem"), _("mẫu điền sẵn"), _FILE, key_from="name"),
)
_ANSWERS = (
    ("choice", _("Chọn một ý")),
    ("boolean", _("Có hoặc không")),
    ("integer", _("Số")),
    ("date", _("Ngày")),
)
_WHEN = Spec("if", _("Khi"), "condition")
_GUIDE: tuple[Block, ...] = (
    Rows(
        "guide.questions", _("Các câu hỏi"), _("câu hỏi"),
        (
            Spec("label", _("Câu hỏi"), hint=_("Ngắn, bằng lời thường ngày. Không hỏi tên, số giấy tờ, địa chỉ.")),
            Spec("type", _("Kiểu trả lời"), "one", choices=_ANSWERS, width="m"),
            Spec("fills", _("Điền sẵn vào câu của mẫu điện tử"), "one", source="form", optional=True,
                 empty_label=_("– không điền –")),
            Spec("options", _("Các ý để chọn"), "options", optional=True,
                 hint=_("Mỗi dòng một ý. Chỉ cần khi kiểu trả lời là chọn một ý.")),
            Spec("hint", _("Giải thích"), optional=True),
            Spec("visible_if", _("Chỉ hỏi khi"), "condition"),
        ),
        key_from="label", folded=True, blank={"type": "boolean"},
        hint=_("Không có câu nào thì phần mềm tự hỏi theo các trường hợp và điều kiện."),
    ),
    Rows(
        "guide.cases", _("Câu trả lời cho biết trường hợp nào"), _("quy tắc"),
        (Spec("case", _("Là trường hợp"), "one", source="cases"), _WHEN), is_nameless=True,
        hint=_("Xét từ trên xuống, quy tắc đúng đầu tiên được dùng. Để trống thì hỏi thẳng trường hợp."),
    ),
    Rows(
        "guide.stops", _("Khi nào không làm được thủ tục này"), _("chỗ dừng"),
        (
            Spec("message", _("Nói với người dân"), "long", hint=_("Vì sao, và nên làm gì.")),
            Spec("instead", _("Thủ tục nên làm thay"), "line", optional=True, width="m",
                 hint=_("Mã thủ tục, ví dụ 1.004222.")),
            _WHEN,
        ),
        is_nameless=True,
    ),
    Rows(
        "guide.papers", _("Giấy tờ chỉ cần theo câu trả lời"), _("quy tắc giấy tờ"),
        (Spec("requirement", _("Giấy tờ"), "one", source="requirements"), _WHEN), is_nameless=True,
    ),
)  # fmt: skip
LAYOUT: Mapping[str, tuple[Block, ...]] = {
    "names": _NAMES,
    "audience": _AUDIENCE,
    "cases": _CASES,
    "papers": _PAPERS,
    "limits": _LIMITS,
    "fees": _FEES,
    "steps": _STEPS,
    "results": _RESULTS,
    "law": _LAW,
    "ways": _WAYS,
    "level": _LEVEL,
    "search": _SEARCH,
    "guide": _GUIDE,
    "samples": _SAMPLES,
}

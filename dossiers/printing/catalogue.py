"""Every form of a dossier by the key in its address: when it exists, what it is called, how it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.choices import Channel, Status
from dossiers.models import Dossier
from dossiers.printing.answers import build_answers
from dossiers.printing.build import (
    build_decline,
    build_filing_notice,
    build_receipt,
    build_supplement_request,
)
from dossiers.printing.control import build_control_slip
from dossiers.printing.letters import build_apology, build_stop_notice, build_withdrawal_notice
from dossiers.printing.source import Source
from dossiers.prints import forms, letters, sets
from dossiers.prints.answers import render_answers
from dossiers.prints.control import render_control_slip
from dossiers.prints.sets import TemplateSet
from procedures.selectors import get_content

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Form:
    """`exists(dossier, kinds of its events)`; `missing` says what has to happen before it does.

    `acts`: the events whose moment decides which set of forms holds. `is_internal`: not for the owner.
    """

    template: str
    label: "StrOrPromise"
    missing: "StrOrPromise"
    exists: Callable[[Dossier, set[str]], bool]
    render: Callable[[Source], bytes]
    acts: tuple[str, ...]
    is_internal: bool = False

    def find_act(self, moments: Mapping[str, datetime]) -> datetime | None:
        """When it was issued, by the latest moment of each kind of event."""
        found = [moments[kind] for kind in self.acts if kind in moments]
        return max(found) if found else None

    def name_in(self, chosen: TemplateSet) -> str:
        """Its name with its number in that set of forms."""
        number = chosen.numbers.get(self.template)
        label = chosen.apology_title if self.template == sets.APOLOGY else str(self.label)
        return _("%(name)s (Mẫu %(number)s)") % {"name": label, "number": number} if number else label


def _is_received(dossier: Dossier, kinds: set[str]) -> bool:
    """A quick certification has numbers in a book, no receipt and no course (Decree 118/2025 Art. 17)."""
    return dossier.received_at is not None and not get_content(dossier.procedure_version_id).quick


def _is_stopped(dossier: Dossier, kinds: set[str]) -> bool:
    withdrawn = dossier.status == Status.WITHDRAWN and dossier.received_at is not None
    return dossier.status == Status.STOPPED or withdrawn


FORMS: dict[str, Form] = {
    "receipt": Form(
        sets.RECEIPT,
        gettext_lazy("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
        gettext_lazy("Hồ sơ chưa được tiếp nhận nên chưa có giấy tiếp nhận và hẹn trả. Hãy tiếp nhận trước."),
        _is_received,
        lambda source: forms.render_receipt(build_receipt(source)),
        ("accept",),
    ),
    "filing-notice": Form(
        "filing_notice",
        gettext_lazy("Thông báo đã nộp hồ sơ trực tuyến"),
        gettext_lazy("Chỉ hồ sơ nộp qua mạng mới có thông báo đã nộp."),
        lambda dossier, kinds: dossier.channel == Channel.ONLINE and dossier.submitted_at is not None,
        lambda source: forms.render_filing_notice(build_filing_notice(source)),
        ("submit",),
    ),
    "answers": Form(
        "answers",
        gettext_lazy("Bản in lời khai"),
        gettext_lazy("Chỉ hồ sơ nộp qua mạng mới có bản in lời khai."),
        lambda dossier, kinds: dossier.channel == Channel.ONLINE and dossier.submitted_at is not None,
        lambda source: render_answers(build_answers(source)),
        ("submit",),
    ),
    "supplement-request": Form(
        sets.SUPPLEMENT_REQUEST,
        gettext_lazy("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
        gettext_lazy("Chưa có yêu cầu bổ sung nào cho hồ sơ này."),
        lambda dossier, kinds: "request_supplement" in kinds,
        lambda source: forms.render_supplement_request(build_supplement_request(source)),
        ("request_supplement",),
    ),
    "decline": Form(
        sets.DECLINE,
        gettext_lazy("Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
        gettext_lazy("Hồ sơ này không bị từ chối tiếp nhận nên không có phiếu từ chối."),
        lambda dossier, kinds: dossier.status == Status.DECLINED and bool(kinds & {"decline", "expire"}),
        lambda source: forms.render_decline(build_decline(source)),
        ("decline", "expire"),
    ),
    "apology": Form(
        sets.APOLOGY,
        gettext_lazy("Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
        gettext_lazy("Hồ sơ chưa được hẹn lại nên chưa có phiếu xin lỗi. Hãy hẹn lại ngày trả trước."),
        lambda dossier, kinds: "reschedule" in kinds,
        lambda source: letters.render_apology(build_apology(source)),
        ("reschedule",),
    ),
    "stop-notice": Form(
        sets.STOP_NOTICE,
        gettext_lazy("Thông báo dừng giải quyết hồ sơ"),
        gettext_lazy("Hồ sơ này chưa dừng giải quyết nên không có thông báo dừng."),
        _is_stopped,
        lambda source: letters.render_stop_notice(build_stop_notice(source)),
        ("stop", "withdraw", "expire"),
    ),
    "withdrawal-notice": Form(
        "withdrawal_notice",
        gettext_lazy("Thông báo đã rút hồ sơ"),
        gettext_lazy("Hồ sơ này không rút trước khi tiếp nhận nên không có thông báo đã rút."),
        lambda dossier, kinds: dossier.status == Status.WITHDRAWN and dossier.received_at is None,
        lambda source: letters.render_withdrawal_notice(build_withdrawal_notice(source)),
        ("withdraw",),
    ),
    "control-slip": Form(
        sets.CONTROL_SLIP,
        gettext_lazy("Phiếu kiểm soát quá trình giải quyết hồ sơ"),
        gettext_lazy("Hồ sơ chưa được tiếp nhận nên chưa có phiếu kiểm soát. Hãy tiếp nhận trước."),
        _is_received,
        lambda source: render_control_slip(build_control_slip(source)),
        ("accept",),
        is_internal=True,
    ),
}
"""In the order in which they are listed."""

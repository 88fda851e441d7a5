"""The printed forms of one dossier: which exist now, and their PDF.

The reader's right to the dossier is checked before. The secret printed beside the code is the one in force.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers import selectors
from dossiers.choices import Channel, Status
from dossiers.models import Dossier
from dossiers.printing.build import (
    build_decline,
    build_filing_notice,
    build_receipt,
    build_supplement_request,
)
from dossiers.printing.source import Source
from dossiers.prints import forms
from portal.core.errors import NotFound

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["FORMS", "Print", "Source", "build_receipt", "list_prints", "render_print"]


@dataclass(frozen=True, slots=True)
class Print:
    """One form that can be printed now. `key` stands in its address."""

    key: str
    label: str


def list_prints(dossier: Dossier) -> list[Print]:
    """The forms that exist for the dossier as it stands."""
    kinds = {event.kind for event in selectors.list_events(dossier)}
    return [Print(key, str(form.label)) for key, form in FORMS.items() if form.exists(dossier, kinds)]


def render_print(dossier: Dossier, key: str) -> bytes:
    """PDF/A of one form, in Vietnamese. Raises NotFound for a form that does not exist for the dossier."""
    form = FORMS.get(key)
    kinds = {event.kind for event in selectors.list_events(dossier)}
    if form is None or not form.exists(dossier, kinds):
        raise NotFound("print_not_found", _("Hồ sơ này chưa có bản in đó."))
    with translation.override("vi"):
        return form.render(Source(dossier))


@dataclass(frozen=True, slots=True)
class Form:
    """When a form exists (`exists(dossier, kinds of its events)`) and how it is rendered."""

    label: "StrOrPromise"
    exists: Callable[[Dossier, set[str]], bool]
    render: Callable[[Source], bytes]


FORMS: dict[str, Form] = {
    "receipt": Form(
        gettext_lazy("Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu 01)"),
        lambda dossier, kinds: dossier.received_at is not None,
        lambda source: forms.render_receipt(build_receipt(source)),
    ),
    "filing-notice": Form(
        gettext_lazy("Thông báo đã nộp hồ sơ trực tuyến"),
        lambda dossier, kinds: dossier.channel == Channel.ONLINE and dossier.submitted_at is not None,
        lambda source: forms.render_filing_notice(build_filing_notice(source)),
    ),
    "supplement-request": Form(
        gettext_lazy("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu 02)"),
        lambda dossier, kinds: "request_supplement" in kinds,
        lambda source: forms.render_supplement_request(build_supplement_request(source)),
    ),
    "decline": Form(
        gettext_lazy("Phiếu từ chối tiếp nhận giải quyết hồ sơ (Mẫu 03)"),
        lambda dossier, kinds: dossier.status == Status.DECLINED and "decline" in kinds,
        lambda source: forms.render_decline(build_decline(source)),
    ),
}
"""By the key that stands in the address."""

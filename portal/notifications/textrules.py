"""What a text that an admin writes must keep to, and the sentences that say how to mend it. Pure rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.errors import ExternalServiceError
from portal.notifications.channels.sms.texts import build_sms
from portal.notifications.events import notice_events
from portal.notifications.rendering import LONGEST_SUBJECT, fill_written
from portal.notifications.substitution import list_unknown
from portal.notifications.whitelist import list_allowed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_PARTS: Final = 2
LONGEST_BODY: Final = 4000
_REFUSALS: Final[Mapping[str, "StrOrPromise"]] = {
    "link": gettext_lazy("Tin nhắn SMS không được có đường dẫn. Hãy bỏ đường dẫn."),
    "id_number": gettext_lazy("Tin nhắn SMS không được có số định danh. Hãy bỏ số này."),
    "too_long": gettext_lazy("Tin nhắn dài quá. Hãy viết ngắn lại."),
    "text": gettext_lazy("Tin nhắn không có chữ nào gửi được. Hãy viết lại."),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as somebody wants to save it."""

    event: str
    channel: str
    language: str
    subject: str
    body: str


def find_faults(draft: Draft) -> dict[str, list[str]]:
    """Field -> sentences that say what is wrong and how to mend it; nothing: it may be saved."""
    found: dict[str, list[str]] = {
        "subject": _find_in_subject(draft),
        "body": [*_find_in_body(draft), *(_find_in_sms(draft) if draft.channel == "sms" else ())],
    }
    return {field: lines for field, lines in found.items() if lines}


def _find_in_subject(draft: Draft) -> list[str]:
    lines = list_unknown(draft.subject, list_allowed(draft.event, "subject"))
    said = [_say_unknown(name, list_allowed(draft.event, "subject")) for name in lines]
    if len(draft.subject) > LONGEST_SUBJECT:
        said.append(_("Tiêu đề dài quá %(most)d chữ. Hãy viết ngắn lại.") % {"most": LONGEST_SUBJECT})
    return said


def _find_in_body(draft: Draft) -> list[str]:
    if not draft.body.strip():
        return [_("Hãy viết nội dung.")]
    if len(draft.body) > LONGEST_BODY:
        return [_("Nội dung dài quá %(most)d chữ. Hãy viết ngắn lại.") % {"most": LONGEST_BODY}]
    allowed = list_allowed(draft.event, draft.channel)
    return [_say_unknown(name, allowed) for name in list_unknown(draft.body, allowed)]


def _find_in_sms(draft: Draft) -> list[str]:
    """On the sample, by the rules that every SMS leaves by."""
    text = fill_written(draft.event, "sms", "", draft.body, notice_events.get(draft.event).sample).body
    try:
        sms = build_sms(text)
    except ExternalServiceError as refusal:
        return [str(_REFUSALS.get(refusal.code, refusal.message))]
    if sms.parts <= MOST_PARTS:
        return []
    return [
        _("Tin nhắn dài %(parts)d phần, nhiều nhất là %(most)d. Hãy viết ngắn lại.")
        % {"parts": sms.parts, "most": MOST_PARTS}
    ]


def _say_unknown(name: str, allowed: Mapping[str, str]) -> str:
    known = ", ".join(f"{{{key}}} ({value[:40]})" for key, value in allowed.items())
    return _("Không dùng được {%(name)s} ở đây. Những tên dùng được: %(known)s.") % {
        "name": name,
        "known": known,
    }

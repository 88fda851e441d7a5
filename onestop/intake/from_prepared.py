"""The intake page opened from a form that somebody filled at home and brought on paper."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from dossiers.prepared_code import read_code
from onestop.intake.page import IntakePage, read_intake
from portal.accounts.actor import Actor
from procedures.selectors import current_version, get_content

if TYPE_CHECKING:
    from dossiers.models import PreparedForm


def build_prepared_intake(prepared: "PreparedForm", actor: Actor, typed: str) -> IntakePage:
    """Everything filled in, to be read against the papers, mended and received as usual.

    Answers to an older version of the form are shown as far as the present one asks for them.
    """
    version = current_version(prepared.procedure_version.procedure.code)
    content = get_content(version.pk)
    page = read_intake(content, actor, None, case=prepared.case_key, begun=prepared.answers)
    page.prepared = read_code(typed) or ""
    page.notice = _("Đã đọc tờ khai điền sẵn. Hãy xem lại với người nộp rồi nhận như thường.")
    if version.pk != prepared.procedure_version_id:
        page.notice = _("Thủ tục đã có bản mới sau khi người dân điền tờ khai. Hãy xem kỹ từng mục.")
    return page

"""What a procedure offers for paper at its level: a blank form, a filled sample, filling on the screen."""

from django.utils.translation import gettext as _

from dossiers.services.filing import require_open
from portal.core.errors import Forbidden, NotFound
from procedures import selectors as catalogue
from procedures.content import Content


def access_form(code: str, *, to_fill: bool = False) -> tuple[int, Content]:
    """Version and content of a procedure whose form may be had on paper. `to_fill`: to hand in, so it is open.

    Raises NotFound (unknown, or without an e-form), Forbidden `level_too_low` at level 1, RuleViolation
    `procedure_closed`.
    """
    version = catalogue.current_version(code)
    content = catalogue.get_content(version.pk)
    if not content.level.can_download_forms:
        raise Forbidden(
            code="level_too_low",
            message=_("Thủ tục này chỉ có hướng dẫn, không có mẫu trên trang này."),
            what_next=_("Hãy xem nơi nộp trên trang của thủ tục."),
        )
    if content.form is None:
        raise NotFound(
            "no_form", _("Thủ tục này không có tờ khai. Hãy xem danh sách giấy tờ trên trang của thủ tục.")
        )
    if to_fill:
        require_open(version)
    return version.pk, content

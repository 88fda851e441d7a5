"""What an owner agrees to, in sentences: the procedure, the agency, the people, and who has agreed already."""

from django.utils.translation import gettext as _

from dossiers.consents import list_consents
from dossiers.models import Dossier, Filing
from portal.core.templatetags.formats import vn_datetime
from procedures.english import name_of


def list_consent_words(dossier: Dossier, filing: Filing | None) -> list[str]:
    """Lines above the button of consent. Two queries."""
    agency = dossier.agency.name if dossier.agency else ""
    owners = list_consents(filing) if filing else []
    agreed = ", ".join(owner.name for owner in owners if owner.has_agreed)
    said = {"agency": agency, "name": name_of(dossier.procedure)}
    lines = [
        _("Bạn đồng ý để %(agency)s giải quyết: %(name)s.") % said,
        _("Chủ hồ sơ: %(names)s.") % {"names": ", ".join(owner.name for owner in owners)},
    ]
    if filing is not None:
        lines.append(_("Bạn đồng ý với bản nộp lúc %(at)s.") % {"at": vn_datetime(filing.filed_at)})
    if agreed:
        lines.append(_("Đã đồng ý: %(names)s.") % {"names": agreed})
    return [
        *lines,
        _("Đủ mọi chủ hồ sơ đồng ý thì hồ sơ mới được tiếp nhận."),
        _("Nội dung hồ sơ xem ở trang trước."),
    ]

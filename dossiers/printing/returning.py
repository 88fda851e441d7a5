"""Where and how the owner gets the result, as printed on Mẫu 01."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from dossiers.choices import Channel
from dossiers.printing.source import Source
from dossiers.printing.words import show_address
from procedures.choices import ResultMedium, ServiceLevel

if TYPE_CHECKING:
    from portal.accounts.models import Agency


def name_place(agency: "Agency") -> str:
    return ", ".join(filter(None, (agency.name, agency.address)))


def show_return(source: Source) -> tuple[str, str]:
    """Place and way: by the channel the dossier came through and what kind of result the procedure gives.

    Online only where the service level lets a result be received online and it is made electronically
    (Decree 118/2025 Art. 22); by post to the submitter's address; else at the desk that returns.
    """
    desk, channel = name_place(source.returning), source.dossier.channel
    if channel == Channel.POST:
        return show_address(source.submitter) or desk, _("Gửi qua bưu điện")
    if channel == Channel.ONLINE and _is_received_online(source):
        site = urlsplit(settings.PUBLIC_URL).netloc
        if _has_paper(source):
            way = _("Bản điện tử tải tại %(site)s; bản giấy nhận trực tiếp") % {"site": site}
            return desk, way
        return site, _("Tải bản điện tử trong mục Hồ sơ của tôi")
    return desk, _("Nhận trực tiếp, mang theo giấy này và giấy tờ tùy thân")


def _is_received_online(source: Source) -> bool:
    level = ServiceLevel(source.content.level)
    electronic = (ResultMedium.ELECTRONIC, ResultMedium.BOTH)
    return level.can_receive_online and any(kind.medium in electronic for kind in source.content.results)


def _has_paper(source: Source) -> bool:
    return any(kind.medium != ResultMedium.ELECTRONIC for kind in source.content.results)

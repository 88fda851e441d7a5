"""The address that opens a dossier without an account, and its QR code."""

from urllib.parse import urlencode, urljoin

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dossiers.models import Dossier
from dossiers.numbering import tracking_secret


def build_lookup_url(dossier: Dossier) -> str:
    """The tracking page with code and secret; opening it takes both out of the address at once."""
    query = urlencode({"code": dossier.code, "secret": show_secret(dossier)})
    return urljoin(settings.PUBLIC_URL, f"{reverse('dossiers:track')}?{query}")


def show_secret(dossier: Dossier) -> str:
    """The secret as it is read out: two groups of four."""
    secret = tracking_secret(dossier.pk, dossier.secret_version)
    return f"{secret[:4]}-{secret[4:]}"


def draw_qr(dossier: Dossier) -> SafeString:
    """The QR code of that address as inline SVG, with words for those who do not see it."""
    title = _("Mã QR mở trang tra cứu hồ sơ %(code)s") % {"code": dossier.code}
    code = segno.make_qr(build_lookup_url(dossier), error="m")
    return SafeString(code.svg_inline(border=1, omitsize=True, svgclass="qr", title=title, lineclass=None))

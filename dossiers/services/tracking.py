"""Following a dossier without an account: code and secret, failures counted by address."""

from django.utils.translation import gettext as _

from dossiers import selectors
from dossiers.models import Dossier
from portal.core import throttle
from portal.core.errors import NotFound

FAILURES = throttle.Limit("track", hits=20, window_s=300, block_s=300)


def track(code: str, secret: str, *, address: str) -> Dossier:
    """The dossier. Raises NotFound `track_not_found` alike for a wrong secret and an unknown code,
    RateLimited after 20 failures of an address in five minutes."""
    throttle.check(FAILURES, address)
    try:
        return selectors.track(code, secret)
    except NotFound as error:
        throttle.hit(FAILURES, address)
        message = _("Mã hồ sơ hoặc mã tra cứu chưa đúng. Hãy xem lại trên giấy tiếp nhận hoặc thư báo.")
        raise NotFound("track_not_found", message) from error

"""The public check of a printed document: failures are counted by address."""

from django.utils.translation import gettext as _

from portal.core import throttle
from portal.core.errors import NotFound
from portal.core.verification import CheckedDocument, check_code

FAILURES = throttle.Limit("verify", hits=20, window_s=300, block_s=300)


def check_document(code: str, *, address: str) -> CheckedDocument:
    """What the document with this code says. Raises NotFound `document_not_found` alike for a wrong code and for none,

    RateLimited after 20 failures of an address in five minutes.
    """
    throttle.check(FAILURES, address)
    document = check_code(code)
    if document is None:
        throttle.hit(FAILURES, address)
        raise NotFound(
            "document_not_found",
            _("Không có giấy tờ nào mang mã này. Hãy xem lại từng chữ trên bản in."),
        )
    return document

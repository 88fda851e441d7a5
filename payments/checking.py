"""Receipts as documents that anybody can check by the code printed on them.

Source: electronic receipts for charges and fees, Decree 123/2020/NĐ-CP (Art. 30 ff.) as amended by Decree
70/2025/NĐ-CP: who holds one must be able to look it up.
"""

from collections.abc import Iterable
from functools import partial
from urllib.parse import urlencode, urljoin

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.models import Receipt
from payments.refunds.reads import sum_refunded
from portal.core.money import format_vnd
from portal.core.templatetags.formats import vn_day
from portal.core.verification import Candidate, CheckedDocument, DocumentKind, build_code, document_kinds

LETTER = "B"
CHECK_PATH = "/verify/"
"""Promised to the outside: it stands on paper."""
_AGENCY_BITS, _YEAR_BITS = 20, 7
_FIRST_YEAR = 2000


def code_of(receipt: Receipt) -> str:
    """The code on the receipt; the same at every print."""
    place = (receipt.year - _FIRST_YEAR) << _AGENCY_BITS | receipt.agency_id
    return build_code(LETTER, receipt.number << (_AGENCY_BITS + _YEAR_BITS) | place, str(receipt.pk))


def check_url(code: str) -> str:
    """What the QR code on the receipt opens."""
    return urljoin(settings.PUBLIC_URL, f"{CHECK_PATH}?{urlencode({'code': code})}")


def find_receipts(number: int) -> Iterable[Candidate]:
    """Receipts of an agency, a year and a number; more than one where the agency's code changed in that year."""
    place = number & ((1 << (_AGENCY_BITS + _YEAR_BITS)) - 1)
    rows = Receipt.objects.filter(
        agency=place & ((1 << _AGENCY_BITS) - 1),
        year=_FIRST_YEAR + (place >> _AGENCY_BITS),
        number=min(number >> (_AGENCY_BITS + _YEAR_BITS), 2**31 - 1),
    )
    for receipt in rows.select_related("dossier__procedure"):
        yield Candidate(str(receipt.pk), partial(_show, receipt))


def _show(receipt: Receipt) -> CheckedDocument:
    return CheckedDocument(
        title=_("Biên lai thu tiền phí, lệ phí"),
        facts=(
            (_("Ký hiệu"), receipt.sign),
            (_("Số"), receipt.number_text),
            (_("Cơ quan thu"), receipt.agency_name),
            (_("Ngày thu"), vn_day(receipt.issued_at)),
            (_("Số tiền"), format_vnd(receipt.amount)),
            (_("Hình thức nộp"), receipt.get_method_display()),
            (_("Nội dung"), receipt.dossier.procedure.name),
            (_("Người nộp tiền"), mask_name(receipt.payer_name)),
        ),
        warning=_say_refunded(receipt),
    )


def _say_refunded(receipt: Receipt) -> str:
    given = sum_refunded(receipt)
    if not given:
        return ""
    if given >= receipt.amount:
        return _("Toàn bộ số tiền của biên lai này đã được hoàn trả.")
    return _("Đã hoàn trả %(amount)s trong số tiền của biên lai này.") % {"amount": format_vnd(given)}


def mask_name(name: str) -> str:
    """Enough for who holds the paper to compare, too little to learn a name: "Bùi Văn Chiến" -> "B… V… Chiến"."""
    words = name.split()
    if len(words) <= 1:
        return f"{words[0][0]}…" if words else ""
    return " ".join([*(f"{word[0]}…" for word in words[:-1]), words[-1]])


def register_kinds() -> None:
    """Called once when the app is ready."""
    document_kinds.register(LETTER, RECEIPT)


RECEIPT = DocumentKind(LETTER, gettext_lazy("Biên lai thu tiền phí, lệ phí"), find_receipts)

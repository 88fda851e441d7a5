"""Guards of what is owed."""

from typing import cast

from django.utils.translation import gettext as _

from dossiers import commands as c
from dossiers.guards.base import open_fees, refuse
from dossiers.work import Work


def fee_is_payable(work: Work, command: c.Command) -> None:
    fee = open_fees(work).filter(pk=cast("c.RequestPayment", command).fee_id).first()
    if fee is None:
        raise refuse("fee", _("Không có khoản phí nào chưa nộp như vậy."))
    if fee.amount is None:
        raise refuse("fee", _("Chưa xác định mức thu. Hãy ghi mức thu rồi yêu cầu nộp."), "amount_unknown")


def requested_fees_settled(work: Work, command: c.Command) -> None:
    if open_fees(work).filter(requested_at__isnull=False).exists():
        raise refuse("fee", _("Khoản phí đã yêu cầu chưa được nộp."), "fee_open")


def no_open_fee(work: Work, command: c.Command) -> None:
    if open_fees(work).exists():
        raise refuse("fee", _("Còn khoản phí, lệ phí chưa nộp. Hãy thu tiền rồi trả kết quả."), "fee_open")

"""VNPAY's codes: what each means for the payment, and a sentence for people.

Source: the documentation's tables of vnp_ResponseCode, vnp_TransactionStatus and of the answers to querydr and
refund. A code that no table holds means that we do not know.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.gateways.base import PayState, RefundState, Reply

DONE = "00"
NOT_FOUND = "91"

STATE_OF_STATUS = {
    "00": PayState.PAID,
    "01": PayState.PENDING,
    "02": PayState.FAILED,
    "04": PayState.UNKNOWN,
    "05": PayState.UNKNOWN,
    "06": PayState.UNKNOWN,
    "07": PayState.UNKNOWN,
    "09": PayState.UNKNOWN,
}
"""vnp_TransactionStatus of a payment. 04 and 07: the bank took the money and VNPAY has not decided."""

REFUND_OF_STATUS = {
    "00": RefundState.DONE,
    "05": RefundState.ACCEPTED,
    "06": RefundState.ACCEPTED,
    "09": RefundState.REFUSED,
    "02": RefundState.REFUSED,
}
"""vnp_TransactionStatus of a refund."""

REFUND_OF_ANSWER = {
    "02": RefundState.REFUSED,
    "03": RefundState.REFUSED,
    "91": RefundState.REFUSED,
    "94": RefundState.ACCEPTED,
    "95": RefundState.REFUSED,
    "97": RefundState.REFUSED,
}
"""vnp_ResponseCode of an order to refund, but 00. 94: it has the order from before and works on it."""

REPLIES = {
    Reply.CONFIRMED: ("00", "Confirm Success"),
    Reply.UNKNOWN_REFERENCE: ("01", "Order not found"),
    Reply.ALREADY_CONFIRMED: ("02", "Order already confirmed"),
    Reply.WRONG_AMOUNT: ("04", "Invalid amount"),
    Reply.BAD_SIGNATURE: ("97", "Invalid checksum"),
    Reply.ERROR: ("99", "Unknown error"),
}

_SENTENCES = {
    "00": gettext_lazy("Giao dịch thành công."),
    "01": gettext_lazy("Giao dịch chưa hoàn tất."),
    "02": gettext_lazy("Giao dịch bị lỗi. Bạn hãy thử lại."),
    "04": gettext_lazy("Cổng thanh toán đang tạm ngừng. Bạn hãy thử lại sau."),
    "05": gettext_lazy("Bạn nhập sai mật khẩu thanh toán quá số lần cho phép. Hãy thử lại."),
    "06": gettext_lazy("Mã xác nhận (OTP) chưa đúng. Bạn hãy thử lại."),
    "07": gettext_lazy("Ngân hàng đã trừ tiền. Cổng thanh toán đang kiểm tra lại giao dịch này."),
    "08": gettext_lazy("Ngân hàng đang bảo trì. Bạn hãy chọn ngân hàng khác hoặc thử lại sau."),
    "09": gettext_lazy("Thẻ hoặc tài khoản chưa đăng ký thanh toán qua mạng. Hãy hỏi ngân hàng của bạn."),
    "10": gettext_lazy("Bạn nhập sai thông tin thẻ hoặc tài khoản quá 3 lần. Hãy thử lại."),
    "11": gettext_lazy("Đã hết thời gian chờ thanh toán. Bạn hãy thử lại."),
    "12": gettext_lazy("Thẻ hoặc tài khoản đang bị khóa. Hãy hỏi ngân hàng của bạn."),
    "13": gettext_lazy("Mã xác nhận (OTP) chưa đúng. Bạn hãy thử lại."),
    "24": gettext_lazy("Bạn đã hủy giao dịch."),
    "51": gettext_lazy("Tài khoản không đủ số dư."),
    "65": gettext_lazy("Tài khoản đã quá hạn mức giao dịch trong ngày."),
    "75": gettext_lazy("Ngân hàng đang bảo trì. Bạn hãy thử lại sau."),
    "79": gettext_lazy("Bạn nhập sai mật khẩu thanh toán quá số lần cho phép. Hãy thử lại."),
    "91": gettext_lazy("Cổng thanh toán chưa có giao dịch này."),
    "99": gettext_lazy("Giao dịch không thành công. Bạn hãy thử lại."),
    "s01": gettext_lazy("Giao dịch chưa hoàn tất."),
    "s02": gettext_lazy("Giao dịch không thành công. Bạn hãy thử lại."),
    "s04": gettext_lazy("Ngân hàng đã trừ tiền. Cổng thanh toán đang kiểm tra lại giao dịch này."),
    "s05": gettext_lazy("Cổng thanh toán đang hoàn tiền."),
    "s06": gettext_lazy("Cổng thanh toán đã yêu cầu ngân hàng hoàn tiền."),
    "s07": gettext_lazy("Ngân hàng đã trừ tiền. Cổng thanh toán đang kiểm tra lại giao dịch này."),
    "s09": gettext_lazy("Ngân hàng từ chối hoàn tiền."),
}


def judge_payment(response: str, status: str) -> PayState:
    """What the two codes of a server message say. Codes that contradict each other say nothing.

    A response other than 00 beside the status 01 is a refusal on the way: the attempt may still be paid.
    """
    if response == DONE:
        return STATE_OF_STATUS.get(status, PayState.UNKNOWN) if status == DONE else PayState.UNKNOWN
    state = STATE_OF_STATUS.get(status, PayState.UNKNOWN)
    return PayState.UNKNOWN if state == PayState.PAID or response == "07" else state


def name_status(status: str) -> str:
    """A status other than done, told apart from the answer codes, which mean other things by the same digits."""
    return status if status in ("", DONE) else f"s{status}"


def judge_refund_status(status: str) -> RefundState:
    """What the status of a refund says about it."""
    return REFUND_OF_STATUS.get(status, RefundState.UNKNOWN)


def explain(code: str) -> str:
    """A code of VNPAY as a sentence for people."""
    sentence = _SENTENCES.get(code)
    return str(sentence) if sentence else _("Giao dịch không thành công. Bạn hãy thử lại.")

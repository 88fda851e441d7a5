"""The pages that people see at the simulated gateway."""

from html import escape
from pathlib import Path
from string import Template

from portal.demo.simulators.vnpay.books import Payment

_FOLDER = Path(__file__).parent
_PAGE = Template((_FOLDER / "page.html").read_text(encoding="utf-8"))
STYLE = (_FOLDER / "style.css").read_bytes()

CHOICES = {"paid": "00", "cancelled": "24", "poor": "51"}
"""What a button does, as vnp_ResponseCode. `left` does nothing."""
_BUTTONS = (
    ("paid", "Thanh toán thành công", "main"),
    ("poor", "Không đủ số dư", ""),
    ("cancelled", "Hủy", ""),
    ("left", "Để đó, không bấm gì", ""),
)


def build_pay_page(payment: Payment, merchant_name: str) -> bytes:
    """Who asks for how much and why, and what may happen."""
    facts = (
        f'<dt>Số tiền</dt><dd class="amount">{format_amount(payment.amount)}</dd>'
        f"<dt>Nơi nhận</dt><dd>{escape(merchant_name)}</dd>"
        f"<dt>Nội dung</dt><dd>{escape(payment.purpose)}</dd>"
        f"<dt>Mã giao dịch</dt><dd>{escape(payment.reference)}</dd>"
    )
    buttons = "".join(
        f'<button name="choice" value="{value}" class="{kind}">{label}</button>'
        for value, label, kind in _BUTTONS
    )
    form = (
        '<form method="post" action="/paymentv2/choose">'
        f'<input type="hidden" name="merchant" value="{escape(payment.merchant)}">'
        f'<input type="hidden" name="reference" value="{escape(payment.reference)}">{buttons}</form>'
    )
    return build_page("Chọn kết quả thanh toán", f"<dl>{facts}</dl>{form}")


def build_note_page(title: str, text: str) -> bytes:
    """A page with a sentence and no way on: people go back by themselves."""
    return build_page(title, f"<p>{escape(text)}</p>")


def build_page(title: str, content: str) -> bytes:
    return _PAGE.substitute(title=escape(title), content=content).encode()


def format_amount(amount: int) -> str:
    """10000 -> "10.000 đ"."""
    return f"{amount:,}".replace(",", ".") + " đ"

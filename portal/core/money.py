"""Amounts of Vietnamese đồng, always whole numbers."""

from django.utils.translation import gettext as _


def format_vnd(amount: int | None) -> str:
    """1234567 -> "1.234.567 đ"; an unknown amount is said to be unknown, never to be free."""
    if amount is None:
        return _("chưa xác định")
    return f"{amount:,} đ".replace(",", ".")

"""Amounts of Vietnamese đồng, always whole numbers."""

from django.utils.translation import gettext as _

from portal.core.reading import reads_english


def format_vnd(amount: int | None) -> str:
    """1234567 -> "1.234.567 đ", "1,234,567 VND" in English.

    An unknown amount is said to be unknown, never to be free.
    """
    if amount is None:
        return _("chưa xác định")
    return f"{group_thousands(amount)} {'VND' if reads_english() else 'đ'}"


def group_thousands(value: int) -> str:
    """420475 -> "420.475", "420,475" in English."""
    return f"{value:,}" if reads_english() else f"{value:,}".replace(",", ".")

"""Who reads: Vietnamese, or English where somebody chose it."""

from django.utils.translation import get_language


def reads_english() -> bool:
    """Whether what is written now is for a reader of English; Vietnamese outside a request."""
    return (get_language() or "vi").startswith("en")

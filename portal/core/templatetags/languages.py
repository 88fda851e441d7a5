"""Words that stay Vietnamese on an English page say so, for those who listen: {{ text|own_lang }}."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.core.reading import reads_english

register = template.Library()

_MARKED = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)
# Of the words of a Vietnamese sentence most have a mark; an English one may hold a Vietnamese name.
_SHARE = 0.3


@register.filter
def own_lang(text: object) -> object:
    """The text as it is; on an English page a Vietnamese one in <span lang="vi">."""
    return format_html('<span lang="vi">{}</span>', text) if reads_english() and is_vietnamese(text) else text


@register.filter
def own_lang_mark(text: object) -> str:
    """The attribute for an element that holds nothing but the text: <div{{ text|own_lang_mark }}>."""
    return SafeString(' lang="vi"') if reads_english() and is_vietnamese(text) else ""


def is_vietnamese(text: object) -> bool:
    """By the catalogue's own word (a Text without English), else by the marks of its letters."""
    if hasattr(text, "en"):
        return bool(text) and not getattr(text, "en", "")
    words = str(text).split()
    return bool(words) and sum(bool(_MARKED.search(word)) for word in words) / len(words) > _SHARE

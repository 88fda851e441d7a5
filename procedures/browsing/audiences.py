"""Whom a procedure is for, read from the sentence of its document: catalogues write it in many words."""

import re
from functools import lru_cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.text import fold
from procedures.columns import split_search_text
from procedures.finding import Entry


class Audience(models.TextChoices):
    CITIZEN = "citizen", _("Người dân")
    HOUSEHOLD = "household", _("Hộ kinh doanh")
    COMPANY = "company", _("Doanh nghiệp")
    ABROAD = "abroad", _("Người nước ngoài, kiều bào")
    BODY = "body", _("Tổ chức, cơ quan")


_ABROAD = r"nguoi nuoc ngoai|quoc tich nuoc ngoai|cong dan nuoc ngoai|to chuc nuoc ngoai|dinh cu o nuoc ngoai"
_WORDS = {
    Audience.CITIZEN: r"cong dan|ca nhan|nguoi|cha|me|vo|chong|con|ho gia dinh|gia dinh|hoc sinh|sinh vien|nam|nu|"
    r"chu nha|chu ho|cac ben|than nhan",
    Audience.HOUSEHOLD: r"ho kinh doanh|quan an|nha hang|co so san xuat|tieu thuong",
    Audience.COMPANY: r"doanh nghiep|cong ty|thuong nhan|nha dau tu|chu dau tu|ngan hang|co so san xuat",
    Audience.ABROAD: _ABROAD,
    Audience.BODY: r"to chuc|co quan|hop tac xa|htx|don vi|truong hoc|cong chuc|vien chuc|co so|hiep hoi",
}
_PATTERNS = {kind: re.compile(rf"\b({words})\b") for kind, words in _WORDS.items()}
# Whoever is hired, owned or left out is not who asks.
_OTHERS = re.compile(r"thue nguoi nuoc ngoai|\(khong bao gom doanh nghiep, htx\)")
_TRADE = re.compile(
    r"\b(ho kinh doanh|cua hang|ban le|ban buon|co so kinh doanh|dich vu an uong|co so san xuat)\b"
)
_NOT_CITIZENS = re.compile(rf"{_ABROAD}|chu ho kinh doanh")


@lru_cache(maxsize=2048)
def read_audience(sentence: str) -> frozenset[str]:
    """Everyone the sentence names; nobody where it names nobody we know."""
    text = _OTHERS.sub(" ", fold(sentence))
    others = _NOT_CITIZENS.sub(" ", text)
    return frozenset(
        kind.value
        for kind, words in _PATTERNS.items()
        if words.search(others if kind is Audience.CITIZEN else text)
    )


def audience_of(entry: Entry) -> frozenset[str]:
    """From the sentence that the entry keeps among its words for searching, the last of their blocks; a small
    trade often stands in the name alone."""
    return read_audience(" ".join(split_search_text(entry.search_text)[3])) | _read_trade(entry.name)


@lru_cache(maxsize=16_384)
def _read_trade(name: str) -> frozenset[str]:
    return frozenset({Audience.HOUSEHOLD.value} if _TRADE.search(fold(name)) else ())

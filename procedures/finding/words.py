"""Text cut into folded syllables and neighbouring pairs, and what people write short."""

import re
from itertools import pairwise

from portal.core.text import fold, search_words

# Written as people write them, folded -> the words they stand for.
ABBREVIATIONS = {
    "bhxh": "bảo hiểm xã hội",
    "bhyt": "bảo hiểm y tế",
    "cccd": "căn cước công dân",
    "cmnd": "chứng minh nhân dân căn cước",
    "cmt": "chứng minh thư căn cước",
    "cskd": "cơ sở kinh doanh",
    "ct": "công ty",
    "dk": "đăng ký",
    "dkkd": "đăng ký kinh doanh",
    "dn": "doanh nghiệp",
    "gcn": "giấy chứng nhận",
    "gks": "giấy khai sinh",
    "gpkd": "giấy phép kinh doanh",
    "gplx": "giấy phép lái xe",
    "gpxd": "giấy phép xây dựng",
    "hc": "hộ chiếu",
    "hkd": "hộ kinh doanh",
    "htx": "hợp tác xã",
    "kd": "kinh doanh",
    "ks": "khai sinh",
    "lltp": "lý lịch tư pháp",
    "nnn": "người nước ngoài",
    "qsdd": "quyền sử dụng đất",
    "sdt": "số điện thoại",
    "tthn": "tình trạng hôn nhân",
    "ubnd": "ủy ban nhân dân",
    "vneid": "định danh điện tử",
    "xn": "xác nhận",
    "xntthn": "xác nhận tình trạng hôn nhân",
}

# Words of asking, not of the thing asked for.
FILLERS = frozenset((
    "toi", "minh", "em", "chi", "anh", "ban", "ta", "can", "muon", "xin", "hoi", "la", "thi", "ma", "va",
    "voi", "cho", "cua", "de", "o", "tai", "nao", "gi", "sao", "dau", "nhu", "the", "co", "khong", "duoc",
    "phai", "bi", "da", "roi", "se", "nay", "kia", "ay", "a", "oi", "nhe", "day", "dzay", "khi", "luc",
    "lam", "how", "to", "i", "my", "the", "a", "of", "for", "get",
))  # fmt: skip

_SPACES = re.compile(r"\s+")


def list_syllables(text: str) -> list[str]:
    """Folded syllables in order, repeats kept; "đk khai sinh" -> dang ky khai sinh."""
    syllables: list[str] = []
    for part in _SPACES.split(text.strip()):
        for word in search_words(part):
            expanded = ABBREVIATIONS.get(word)
            syllables += search_words(expanded) if expanded else [word]
    return syllables


def list_pairs(syllables: list[str]) -> list[str]:
    return [f"{first} {second}" for first, second in pairwise(syllables)]


def squeeze(text: str) -> str:
    """Folded with single spaces, for comparing whole phrases."""
    return " ".join(list_syllables(text))


def has_marks(text: str) -> bool:
    """Whether it was typed with Vietnamese marks."""
    return fold(text) != text.lower()

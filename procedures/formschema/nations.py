"""Peoples of Việt Nam and countries of the world, as lists with stable codes."""

import re
from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.text import sort_key

ETHNICITIES = {
    "01": "Kinh", "02": "Tày", "03": "Thái", "04": "Hoa", "05": "Khơ-me", "06": "Mường", "07": "Nùng",
    "08": "Mông", "09": "Dao", "10": "Gia-rai", "11": "Ngái", "12": "Ê-đê", "13": "Ba-na", "14": "Xơ-đăng",
    "15": "Sán Chay", "16": "Cơ-ho", "17": "Chăm", "18": "Sán Dìu", "19": "Hrê", "20": "Mnông",
    "21": "Ra-glai", "22": "Xtiêng", "23": "Bru-Vân Kiều", "24": "Thổ", "25": "Giáy", "26": "Cơ-tu",
    "27": "Gié-Triêng", "28": "Mạ", "29": "Khơ-mú", "30": "Co", "31": "Tà-ôi", "32": "Chơ-ro", "33": "Kháng",
    "34": "Xinh-mun", "35": "Hà Nhì", "36": "Chu-ru", "37": "Lào", "38": "La Chí", "39": "La Ha",
    "40": "Phù Lá", "41": "La Hủ", "42": "Lự", "43": "Lô Lô", "44": "Chứt", "45": "Mảng", "46": "Pà Thẻn",
    "47": "Cơ Lao", "48": "Cống", "49": "Bố Y", "50": "Si La", "51": "Pu Péo", "52": "Brâu", "53": "Ơ-đu",
    "54": "Rơ-măm", "55": "Người nước ngoài", "99": "Không rõ",
}  # fmt: skip
"""Codes of Quyết định 121-TCTK/PPCĐ of 1979, still those of the population database."""

HOME = "VN"
STATELESS = "XX"
NO_COUNTRY = {"AC", "CP", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
"""Codes of CLDR that name no nationality."""
OWN_NAMES = {"TW": "Đài Loan (Trung Quốc)"}
"""Where the wording of Vietnamese papers differs from CLDR's."""


def list_nations() -> dict[str, str]:
    """Name by code in the reader's language: Việt Nam, then all others by name, then stateless."""
    return _list_nations((get_language() or "vi")[:2])


def get_nation(code: str) -> str:
    """The name, or the code itself when the list does not have it."""
    return list_nations().get(code, code)


@lru_cache(maxsize=4)
def _list_nations(language: str) -> dict[str, str]:
    names = {
        code: name
        for code, name in Locale.parse(language).territories.items()
        if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRY
    }
    if language == "vi":
        names |= OWN_NAMES
    others = sorted(names.keys() - {HOME}, key=lambda code: sort_key(names[code]))
    return {HOME: names[HOME], **{code: names[code] for code in others}, STATELESS: _("Không quốc tịch")}

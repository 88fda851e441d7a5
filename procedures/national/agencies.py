"""Who handles a procedure: its tiers, and which kinds of agency of this province take it in."""

import re

from portal.accounts.choices import AgencyKind
from portal.core.text import fold
from procedures.choices import Tier

_TIERS = {
    "xã": Tier.COMMUNE,
    "huyện": Tier.DISTRICT,
    "tỉnh": Tier.PROVINCE,
    "bộ": Tier.MINISTRY,
    "khác": Tier.OTHER,
}
_COMMUNE = r"(?:uy ban nhan dan|ubnd|hanh chinh cong) (?:cap )?(?:xa|phuong)\b|\bcap xa\b"
_PROVINCE = (
    r"(?:uy ban nhan dan|ubnd|hanh chinh cong) (?:cap |thanh pho |tinh)|^(?:cac )?so [a-z]|cap tinh"
    r"|dang ky dat dai"
)
_POLICE = r"^(?:phong .*)?cong an (?!nhan dan)"
_SCHOOL = r"truong (?:mam non|mau giao|tieu hoc|trung hoc)|co so giao duc (?:mam non|pho thong)"
_MINISTRY = (
    r"^(?:bo|tong cuc|cuc|ngan hang nha nuoc viet nam|thanh tra chinh phu|van phong chinh phu)\b|quoc gia$"
)


def read_tiers(levels: list[str], agencies: list[str]) -> tuple[list[str], bool]:
    """Our tiers, and whether the source stated them; else they come from plain names of agencies."""
    stated = [_TIERS[level].value for level in levels if level in _TIERS]
    if stated:
        return stated, True
    derived = list(dict.fromkeys(_tier_of(fold(name)) for name in agencies))
    return [tier.value for tier in derived] or [Tier.OTHER.value], False


def _tier_of(name: str) -> Tier:
    if re.search(_COMMUNE, name):
        return Tier.COMMUNE
    if re.search(_MINISTRY, name):
        return Tier.MINISTRY
    return Tier.PROVINCE if re.search(_PROVINCE, name) else Tier.OTHER


def read_performers(agencies: list[str], *, is_ours: bool) -> list[str]:
    """Kinds of agency of this province that take the procedure in.

    What departments and the province decide is taken in at the centre. A procedure of a ministry, or of another
    province, is performed by nobody here.
    """
    kinds = [kind.value for name in agencies if is_ours and (kind := _kind_of(fold(name)))]
    return list(dict.fromkeys(kinds))


def _kind_of(name: str) -> AgencyKind | None:
    if re.search(_POLICE, name):
        return AgencyKind.POLICE
    if re.search(_COMMUNE, name):
        return AgencyKind.COMMUNE
    if re.search(_SCHOOL, name):
        return AgencyKind.SCHOOL
    if re.search(_MINISTRY, name):
        return None
    return AgencyKind.CENTRE if re.search(_PROVINCE, name) else None

"""The agencies of thành phố Cần Thơ, as the demo knows them: which there are, and which went before them.

Names of communes, and which district a commune came from, are those of the official list of units (34 provinces,
3,321 communes since 1 July 2025). Codes below H13, addresses, telephone numbers and the people are made up:
`đường Minh Họa` is "illustration street", and no Vietnamese number begins with 0292 0000.
"""

from dataclasses import dataclass
from datetime import date

from portal.accounts.choices import AgencyKind
from portal.demo.seeds import codes

FOUNDED_ON = date(2025, 7, 1)
"""The day since which Việt Nam has provinces and communes only, no districts (Law 72/2025)."""
LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)
TOLD_SINCE = date(2021, 1, 1)
"""From when on the demo tells the history of the closed agencies."""
_CITY = "thành phố Cần Thơ"
_SQUARE = "phường Ninh Kiều"


@dataclass(frozen=True)
class Place:
    """One agency: `above` and `before` are codes of agencies that stand earlier in the list."""

    code: str
    name: str
    kind: AgencyKind
    address: str
    phone: str
    above: str | None = codes.PROVINCE
    calendar: str = "std"
    before: tuple[str, ...] = ()
    valid_from: date = FOUNDED_ON
    valid_until: date | None = None


def _phone(number: int) -> str:
    return f"0292 0000 {number:03d}"


def _closed(code: str, name: str, kind: AgencyKind, above: str | None = None) -> Place:
    """An agency that ended with the two-tier government; its dossiers and codes lead to its successors."""
    return Place(code, name, kind, "", "", above, valid_from=TOLD_SINCE, valid_until=LAST_DAY_OF_DISTRICTS)


def _office(
    code: str,
    name: str,
    number: int,
    *,
    kind: AgencyKind = AgencyKind.DEPARTMENT,
    above: str = codes.PROVINCE,
    calendar: str = "std",
) -> Place:
    return Place(code, name, kind, f"Số {number} đường Minh Họa, {_SQUARE}", _phone(number), above, calendar)


def _commune(number: int, unit: str, before: tuple[str, ...], *, calendar: str = "std") -> Place:
    return Place(
        f"{codes.PROVINCE}.{number}",
        f"Ủy ban nhân dân {unit}",
        AgencyKind.COMMUNE,
        f"Số 1 đường Minh Họa, {unit}",
        _phone(number),
        calendar=calendar,
        before=before,
    )


_D = {
    name: f"{codes.PROVINCE}.{number}"
    for number, name in enumerate(
        (
            "quận Ninh Kiều", "quận Ô Môn", "quận Bình Thủy", "quận Cái Răng", "quận Thốt Nốt",
            "huyện Vĩnh Thạnh", "huyện Cờ Đỏ", "huyện Phong Điền", "huyện Thới Lai",
        ),
        start=31,
    )
}  # fmt: skip
"""Code of each district that was closed."""

CLOSED_PROVINCES = (
    _closed("H30", "Ủy ban nhân dân tỉnh Hậu Giang", AgencyKind.PROVINCE),
    _closed("H51", "Ủy ban nhân dân tỉnh Sóc Trăng", AgencyKind.PROVINCE),
)

OF_THE_CITY = (
    Place(
        codes.PROVINCE,
        f"Ủy ban nhân dân {_CITY}",
        AgencyKind.PROVINCE,
        f"Số 2 đường Minh Họa, {_SQUARE}",
        _phone(2),
        None,
        before=("H30", "H51"),
    ),
    _office(
        codes.CENTRE,
        f"Trung tâm Phục vụ hành chính công {_CITY}",
        10,
        kind=AgencyKind.CENTRE,
        calendar="noon_reception",
    ),
    _office(codes.JUSTICE, "Sở Tư pháp", 15),
    _office(codes.HOME_AFFAIRS, "Sở Nội vụ", 16),
    _office(codes.CONSTRUCTION, "Sở Xây dựng", 17),
    _office(codes.ENVIRONMENT, "Sở Nông nghiệp và Môi trường", 18),
    _office(
        codes.LAND_OFFICE,
        f"Văn phòng Đăng ký đất đai {_CITY}",
        28,
        above=codes.ENVIRONMENT,
        calendar="sat_am_reception",
    ),
    _office(codes.FINANCE, "Sở Tài chính", 19),
    _office(codes.HEALTH, "Sở Y tế", 20),
    _office(codes.EDUCATION, "Sở Giáo dục và Đào tạo", 21),
    _office(codes.POLICE, f"Công an {_CITY}", 30, kind=AgencyKind.POLICE),
)

CLOSED_DISTRICTS = tuple(
    _closed(code, f"Ủy ban nhân dân {name}", AgencyKind.DISTRICT, codes.PROVINCE) for name, code in _D.items()
)

COMMUNES = (
    _commune(101, "phường Ninh Kiều", (_D["quận Ninh Kiều"],)),
    _commune(102, "phường Cái Răng", (_D["quận Cái Răng"],), calendar="sat_am_reception"),
    _commune(
        103, "phường Cái Khế", (_D["quận Ninh Kiều"], _D["quận Bình Thủy"]), calendar="sat_am_reception"
    ),
    _commune(104, "phường Hưng Phú", (_D["quận Cái Răng"],)),
    _commune(105, "phường Bình Thủy", (_D["quận Bình Thủy"],)),
    _commune(106, "phường Ô Môn", (_D["quận Ô Môn"], _D["huyện Thới Lai"])),
    _commune(107, "xã Phong Điền", (_D["huyện Phong Điền"],)),
    _commune(108, "xã Nhơn Ái", (_D["huyện Phong Điền"],)),
    _commune(109, "xã Thới Lai", (_D["huyện Thới Lai"],)),
    _commune(110, "xã Vĩnh Thạnh", (_D["huyện Vĩnh Thạnh"],)),
)

BELOW_COMMUNES = (
    Place(
        codes.COMMUNE_POLICE,
        "Công an phường Ninh Kiều",
        AgencyKind.POLICE,
        f"Số 3 đường Minh Họa, {_SQUARE}",
        _phone(131),
        codes.COMMUNE,
    ),
    Place(
        codes.SCHOOL,
        "Trường Trung học cơ sở Minh Họa",
        AgencyKind.SCHOOL,
        f"Số 5 đường Minh Họa, {_SQUARE}",
        _phone(132),
        codes.COMMUNE,
    ),
    Place(
        codes.POST_POINT,
        "Điểm phục vụ bưu chính Ninh Kiều",
        AgencyKind.POST_POINT,
        f"Số 7 đường Minh Họa, {_SQUARE}",
        _phone(133),
    ),
)

PLACES = (*CLOSED_PROVINCES, *OF_THE_CITY, *CLOSED_DISTRICTS, *COMMUNES, *BELOW_COMMUNES)

FURTHER_COMMUNES = (
    _commune(121, "phường Tân An", (_D["quận Ninh Kiều"],)),
    _commune(122, "phường Thốt Nốt", (_D["quận Thốt Nốt"],)),
    _commune(123, "phường Phước Thới", (_D["quận Ô Môn"],)),
    _commune(124, "xã Cờ Đỏ", (_D["huyện Cờ Đỏ"],)),
    _commune(125, "xã Đông Thuận", (_D["huyện Thới Lai"],)),
    _commune(126, "xã Trường Xuân", (_D["huyện Thới Lai"],)),
    _commune(127, "xã Trường Long", (_D["huyện Phong Điền"],)),
    _commune(128, "xã Thạnh An", (_D["huyện Vĩnh Thạnh"],)),
)
"""Only where a large volume is seeded."""

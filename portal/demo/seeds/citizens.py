"""The citizens of the demo. Names, numbers and addresses are made up; no province has the number 099."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.demo.seeds.codes import COMMUNE_UNIT


@dataclass(frozen=True)
class Citizen:
    """A verified person; `line` is the address within the commune of HOME."""

    username: str
    full_name: str
    national_id: str
    birth_date: date
    phone: str
    line: str


HOME: Mapping[str, str] = {"province": "92", "commune": COMMUNE_UNIT}
"""Phường Ninh Kiều, thành phố Cần Thơ, in the official list of units."""

CITIZENS = (
    Citizen(
        "congdan1", "Nguyễn Thị Mây", "099190000117", date(1990, 8, 15), "0900000001", "Số 8 đường Minh Họa"
    ),
    Citizen(
        "congdan2", "Trần Văn Sông", "099085000228", date(1985, 3, 2), "0900000002", "Số 21 đường Minh Họa"
    ),
    Citizen(
        "doanhnghiep1",
        "Lê Hoàng Thuyền",
        "099079000339",
        date(1979, 11, 20),
        "0900000003",
        "Số 5 đường Minh Họa",
    ),
)

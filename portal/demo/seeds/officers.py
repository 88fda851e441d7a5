"""The officers of the demo: those of the contract, and enough others for every agency to bring its work to an end.

Who is named without a number works in phường Ninh Kiều; a suffix names another agency: `tiepnhan-tt` receives at the
centre. Names of people are made up.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.accounts.choices import Role, SignsFor
from portal.demo.seeds import codes


@dataclass(frozen=True)
class Employee:
    """An officer: `agency` is a code."""

    username: str
    full_name: str
    agency: str
    roles: tuple[Role, ...]
    title: str
    signs_for: str = SignsFor.OWN


_OF_THE_CONTRACT = (
    Employee("tiepnhan", "Lê Thu Trang", codes.COMMUNE, (Role.RECEPTION,), "Công chức Một cửa"),
    Employee("tiepnhan2", "Hoàng Văn Lâm", codes.OTHER_COMMUNE, (Role.RECEPTION,), "Công chức Một cửa"),
    Employee("truongtt", "Phạm Văn Trưởng", codes.COMMUNE, (Role.DESK_HEAD,), "Giám đốc Trung tâm"),
    Employee("thuly", "Đỗ Thị Lý", codes.COMMUNE, (Role.CASE_OFFICER,), "Công chức tư pháp - hộ tịch"),
    Employee("pheduyet", "Vũ Quang Ký", codes.COMMUNE, (Role.APPROVER,), "Chủ tịch"),
    Employee("lanhdao", "Bùi Thanh Sơn", codes.PROVINCE, (Role.LEADER,), "Phó Chủ tịch"),
    Employee(
        "quantri-tthc", "Ngô Thị Luật", codes.PROVINCE, (Role.CATALOGUE_ADMIN,), "Chuyên viên kiểm soát TTHC"
    ),
    Employee(
        "quantri-tthc2",
        "Đinh Văn Soát",
        codes.PROVINCE,
        (Role.CATALOGUE_ADMIN,),
        "Trưởng phòng kiểm soát TTHC",
    ),
    Employee("quantri", "Mai Văn Máy", codes.PROVINCE, (Role.SITE_ADMIN,), "Quản trị viên"),
)
_SECOND_PEOPLE = (
    Employee(
        "thuly-nk2", "Hồ Văn Cần", codes.COMMUNE, (Role.CASE_OFFICER,), "Công chức địa chính - xây dựng"
    ),
    Employee("pheduyet-nk2", "Tạ Minh Phó", codes.COMMUNE, (Role.APPROVER,), "Phó Chủ tịch", SignsFor.DEPUTY),
    Employee("thuly-cr", "Cao Thị Răng", codes.OTHER_COMMUNE, (Role.CASE_OFFICER,), "Công chức chuyên môn"),
    Employee(
        "pheduyet-cr", "Đoàn Văn Thuận", codes.OTHER_COMMUNE, (Role.APPROVER, Role.DESK_HEAD), "Chủ tịch"
    ),
    Employee("tiepnhan-bd", "Kiều Thị Bưu", codes.POST_POINT, (Role.RECEPTION,), "Nhân viên bưu chính"),
)
"""A second case officer and approver, so that work is handed over and a result recalled by two people."""

_TEAMS = (
    (codes.CENTRE, "tt", "Phó Giám đốc", ("Lý Thị Cửa", "Quách Văn Tâm", "Hà Minh Trung")),
    (codes.JUSTICE, "tp", "Phó Giám đốc Sở", ("Trịnh Thị Pháp", "Lương Văn Chính", "Đặng Công Lý")),
    (codes.HOME_AFFAIRS, "nv", "Phó Giám đốc Sở", ("Phan Thị Nội", "Châu Văn Vụ", "Mạc Thị Quản")),
    (codes.CONSTRUCTION, "xd", "Phó Giám đốc Sở", ("Thái Thị Xây", "Vương Văn Dựng", "Kim Quốc Công")),
    (codes.ENVIRONMENT, "mt", "Phó Giám đốc Sở", ("Thạch Thị Lúa", "Sơn Văn Rừng", "Danh Thị Nước")),
    (codes.LAND_OFFICE, "dd", "Phó Giám đốc", ("Tô Thị Địa", "Giang Văn Chính", "Ông Minh Thửa")),
    (codes.FINANCE, "tc", "Phó Giám đốc Sở", ("La Thị Tài", "Từ Văn Chính", "Diệp Thị Ngân")),
    (codes.HEALTH, "yt", "Phó Giám đốc Sở", ("Âu Thị Y", "Viên Văn Khỏe", "Lâm Thị An")),
    (codes.EDUCATION, "gd", "Phó Giám đốc Sở", ("Văn Thị Học", "Chu Văn Chữ", "Tống Thị Thầy")),
    (codes.POLICE, "ca", "Trưởng phòng", ("Nghiêm Thị An", "Hứa Văn Ninh", "Cù Quốc Trật")),
    (codes.COMMUNE_POLICE, "cap", "Trưởng Công an phường", ("Mã Thị Cư", "Khổng Văn Trú", "Lục Minh Dân")),
    (codes.SCHOOL, "th", "Hiệu trưởng", ("Bạch Thị Lớp", "Phùng Văn Trò", "Hồng Thị Trường")),
)
"""Agency, suffix of its user names, title of who signs, and who receives, processes and signs."""

_ALONE = (
    ("103", "ck", "Dương Thị Khế"),
    ("104", "hp", "Trương Văn Hưng"),
    ("105", "bt", "Nguyễn Văn Bình"),
    ("106", "om", "Huỳnh Thị Môn"),
    ("107", "pd", "Võ Thị Phong"),
    ("108", "na", "Lưu Văn Nhơn"),
    ("109", "tl", "Ngô Văn Thới"),
    ("110", "vt", "Tăng Thị Vĩnh"),
)
"""Communes where one person does it all: number of the commune, suffix, name."""

DESK_ROLES = (Role.RECEPTION, Role.DESK_HEAD, Role.CASE_OFFICER, Role.APPROVER)


def _teams() -> Iterator[Employee]:
    for agency, suffix, title, (receives, processes, signs) in _TEAMS:
        yield Employee(f"tiepnhan-{suffix}", receives, agency, (Role.RECEPTION,), "Cán bộ tiếp nhận")
        yield Employee(f"thuly-{suffix}", processes, agency, (Role.CASE_OFFICER,), "Chuyên viên")
        yield Employee(f"pheduyet-{suffix}", signs, agency, (Role.APPROVER, Role.DESK_HEAD), title)


EMPLOYEES = (
    *_OF_THE_CONTRACT,
    *_SECOND_PEOPLE,
    *_teams(),
    *(
        Employee(f"canbo-{suffix}", name, f"{codes.PROVINCE}.{number}", DESK_ROLES, "Công chức")
        for number, suffix, name in _ALONE
    ),
)

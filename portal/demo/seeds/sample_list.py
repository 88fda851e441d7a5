"""Which dossiers a demo starts with, oldest first: every state, several ages, three communes."""

from dossiers.choices import Channel, Status
from portal.demo.seeds.answers import answer_birth, answer_business, answer_marital, answer_permit
from portal.demo.seeds.codes import COMMUNE, OTHER_COMMUNE, SMALL_COMMUNE
from portal.demo.seeds.moments import end_of_working_day
from portal.demo.seeds.paths import advance
from portal.demo.seeds.samples import Further, Sample
from portal.demo.seeds.turns import (
    answer_with_drawing,
    apologise,
    ask_drawing_again,
    decline,
    redirect,
    refuse,
    stop,
    withdraw,
)

BIRTH, MARITAL, BUSINESS, PERMIT = "1.001193", "1.004873", "1.001612", "1.013225"


def _to(status: Status, step: str = "") -> Further:
    """Bring it to that status and step."""
    return lambda dossier, cast: advance(dossier, cast, until=status, step=step)


def _permit(
    key: str, by: str, plot: str, further: Further | None, *, age: int, agency: str = COMMUNE
) -> Sample:
    papers = ("giay_to_dat", "ban_ve_thiet_ke")
    return Sample(
        key,
        PERMIT,
        "nha_o",
        by,
        lambda _: answer_permit(by, plot),
        papers,
        age=age,
        further=further,
        agency=agency,
    )


def _business(
    key: str,
    name: str,
    further: Further | None = None,
    *,
    age: int,
    agency: str = COMMUNE,
    by: str = "doanhnghiep1",
) -> Sample:
    return Sample(
        key,
        BUSINESS,
        "ca_nhan",
        by,
        lambda today: answer_business("doanhnghiep1", name, today),
        age=age,
        further=further,
        agency=agency,
    )


def _birth(key: str, child: str, further: Further | None = None, *, age: int) -> Sample:
    return Sample(
        key,
        BIRTH,
        "co_giay_chung_sinh",
        "congdan1",
        lambda today: answer_birth("congdan1", child, today),
        ("giay_chung_sinh",),
        age=age,
        further=further,
    )


def _marital(key: str, further: Further | None = None, *, age: int) -> Sample:
    return Sample(
        key,
        MARITAL,
        "muc_dich_khac",
        "congdan2",
        lambda _: answer_marital("congdan2"),
        age=age,
        further=further,
    )


SAMPLES = (
    _marital("marital-uncollected", _to(Status.RESOLVED), age=44),
    _permit("permit-stopped", "congdan2", "Thửa 88, tờ bản đồ 2", stop, age=30),
    _birth("birth-returned", "Nguyễn Bảo Bình", _to(Status.RETURNED), age=25),
    _business("business-refused", "Hộ kinh doanh Sông Xanh", refuse, age=20),
    _permit("permit-declined", "doanhnghiep1", "Thửa 5, tờ bản đồ 11", decline, age=18),
    _permit(
        "permit-late-after-apology",
        "congdan2",
        "Thửa 44, tờ bản đồ 9",
        lambda dossier, cast: apologise(dossier, cast, 5, end_of_working_day(-3)),
        age=16,
    ),
    _permit("permit-late", "doanhnghiep1", "Thửa 19, tờ bản đồ 6", _to(Status.PROCESSING), age=12),
    _permit(
        "permit-apologised",
        "doanhnghiep1",
        "Thửa 27, tờ bản đồ 4",
        lambda dossier, cast: apologise(dossier, cast, 6, end_of_working_day(3)),
        age=9,
    ),
    _permit(
        "permit-of-one-person",
        "congdan2",
        "Thửa 3, tờ bản đồ 15",
        _to(Status.PROCESSING),
        age=7,
        agency=SMALL_COMMUNE,
    ),
    _permit("permit-answered", "congdan2", "Thửa 61, tờ bản đồ 8", answer_with_drawing, age=6),
    _business("business-withdrawn", "Hộ kinh doanh Bến Ninh Kiều", withdraw, age=6),
    _permit("permit-awaiting-drawing", "congdan2", "Thửa 12, tờ bản đồ 3", ask_drawing_again, age=4),
    _birth("birth-unchecked", "Nguyễn Bảo Châu", age=3),
    _marital("marital-resolved", _to(Status.RESOLVED), age=2),
    _business("business-at-approval", "Hộ kinh doanh Thuyền Mây", _to(Status.PROCESSING, "ky_duyet"), age=2),
    _business(
        "business-redirected",
        "Hộ kinh doanh Chợ Nổi",
        lambda dossier, cast: redirect(dossier, cast, OTHER_COMMUNE),
        age=1,
    ),
    Sample(
        "business-by-post",
        BUSINESS,
        "ca_nhan",
        "tiepnhan",
        lambda today: answer_business("doanhnghiep1", "Hộ kinh doanh Trái Cây Vườn", today),
        walk_in="Y Blăm",
        on_desk=("giay_de_nghi",),
        channel=Channel.POST,
        age=1,
    ),
    _permit("permit-accepted", "doanhnghiep1", "Thửa 31, tờ bản đồ 7", _to(Status.ACCEPTED), age=1),
    Sample(
        "birth-at-the-desk",
        BIRTH,
        "co_giay_chung_sinh",
        "tiepnhan",
        lambda today: answer_birth("congdan1", "Hờ Thị Mây", today),
        walk_in="Hờ A Páo",
        on_desk=("giay_chung_sinh",),
        further=_to(Status.PROCESSING),
    ),
    _marital("marital-unpaid", age=0),
    _business("business-elsewhere", "Hộ kinh doanh Cái Răng", age=0, agency=OTHER_COMMUNE),
    _birth("birth-new", "Nguyễn Bảo An", age=0),
)

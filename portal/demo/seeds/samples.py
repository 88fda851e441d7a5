"""A few dossiers in several states, so that desk and citizens have something to look at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers import commands as c
from dossiers.choices import Channel, Status
from dossiers.models import Dossier
from dossiers.services.files import store_upload
from dossiers.services.filing import file_dossier
from portal.audit.selectors import list_entries
from portal.audit.services import record
from portal.core import clock
from portal.core.locking import durable
from portal.demo.seeds.answers import Answers, answer_birth, answer_business, answer_marital, answer_permit
from portal.demo.seeds.codes import COMMUNE, OTHER_COMMUNE
from portal.demo.seeds.papers import build_scan
from portal.demo.seeds.paths import advance, request_supplement
from portal.demo.seeds.people import Cast
from procedures.formschema.parties import PartyDraft

BIRTH, MARITAL, BUSINESS, PERMIT = "1.001193", "1.004873", "1.001612", "1.013225"
Further = Callable[[Dossier, Cast], object]


@dataclass(frozen=True)
class Sample:
    """One dossier: `by` files it, over the counter where that is an officer; `further` brings it on."""

    key: str
    procedure: str
    case: str
    by: str
    answers: Callable[[date], Answers]
    papers: Sequence[str] = ()
    walk_in: str = ""
    agency: str = COMMUNE
    further: Further | None = None

    @property
    def subject(self) -> str:
        return f"sample:{self.key}"


def to(status: Status, step: str = "") -> Further:
    """Bring it to that status and step."""
    return lambda dossier, cast: advance(dossier, cast, until=status, step=step)


def _ask_drawing_again(dossier: Dossier, cast: Cast) -> None:
    if dossier.status == Status.AWAITING_SUPPLEMENT:
        return
    reason = "Bản vẽ mặt cắt bị mờ, không đọc được kích thước. Mời bạn chụp lại."
    started = advance(dossier, cast, until=Status.PROCESSING)
    request_supplement(started, cast, "ban_ve_thiet_ke", reason)


_BORN_HERE, _DRAWINGS = ("giay_chung_sinh",), ("giay_to_dat", "ban_ve_thiet_ke")
_HOUSE = "nha_o"
SAMPLES = (
    Sample(
        "birth-new",
        BIRTH,
        "co_giay_chung_sinh",
        "congdan1",
        lambda today: answer_birth("congdan1", "Nguyễn Bảo An", today),
        _BORN_HERE,
    ),
    Sample(
        "birth-returned",
        BIRTH,
        "co_giay_chung_sinh",
        "congdan1",
        lambda today: answer_birth("congdan1", "Nguyễn Bảo Bình", today),
        _BORN_HERE,
        further=to(Status.RETURNED),
    ),
    Sample("marital-unpaid", MARITAL, "muc_dich_khac", "congdan2", lambda _: answer_marital("congdan2")),
    Sample(
        "marital-resolved",
        MARITAL,
        "muc_dich_khac",
        "congdan2",
        lambda _: answer_marital("congdan2"),
        further=to(Status.RESOLVED),
    ),
    Sample(
        "business-at-approval",
        BUSINESS,
        "ca_nhan",
        "doanhnghiep1",
        lambda today: answer_business("doanhnghiep1", "Hộ kinh doanh Thuyền Mây", today),
        further=to(Status.PROCESSING, "ky_duyet"),
    ),
    Sample(
        "permit-accepted",
        PERMIT,
        _HOUSE,
        "doanhnghiep1",
        lambda _: answer_permit("doanhnghiep1", "Thửa 31, tờ bản đồ 7"),
        _DRAWINGS,
        further=to(Status.ACCEPTED),
    ),
    Sample(
        "permit-awaiting-drawing",
        PERMIT,
        _HOUSE,
        "congdan2",
        lambda _: answer_permit("congdan2", "Thửa 12, tờ bản đồ 3"),
        _DRAWINGS,
        further=_ask_drawing_again,
    ),
    Sample(
        "birth-at-the-desk",
        BIRTH,
        "co_giay_chung_sinh",
        "tiepnhan",
        lambda today: answer_birth("congdan1", "Hờ Thị Mây", today),
        walk_in="Hờ A Páo",
        further=to(Status.PROCESSING),
    ),
    Sample(
        "business-elsewhere",
        BUSINESS,
        "ca_nhan",
        "doanhnghiep1",
        lambda today: answer_business("doanhnghiep1", "Hộ kinh doanh Cầu Mây", today),
        agency=OTHER_COMMUNE,
    ),
)


def seed_samples(cast: Cast) -> int:
    """File those that were never filed here; how many. One that people worked on since is left alone.

    Raises PortalError, when the working calendars end for instance; what was filed until then stays.
    """
    return sum(_seed(sample, cast) for sample in SAMPLES)


def _seed(sample: Sample, cast: Cast) -> bool:
    if list_entries(sample.subject, limit=1):
        return False
    dossier = _file(sample, cast)
    if sample.further is not None:
        sample.further(dossier, cast)
    with durable():
        record(user_id=None, action="demo.sample_filed", subject=sample.subject)
    return True


def _file(sample: Sample, cast: Cast) -> Dossier:
    at_desk = sample.by in cast.employees
    actor = cast.officer(sample.by) if at_desk else cast.citizen(sample.by)
    uploads: list[tuple[str, UUID]] = []
    for paper in sample.papers:
        scan = SimpleUploadedFile(f"{paper.replace('_', '-')}.png", build_scan(), "image/png")
        uploads.append((paper, store_upload(scan, actor=actor).pk))
    walk_in = PartyDraft(role="submitter", kind="person", name=sample.walk_in)
    request = c.FilingRequest(
        procedure_code=sample.procedure,
        case_key=sample.case,
        agency_code=sample.agency,
        answers=sample.answers(clock.today()),
        uploads=tuple(uploads),
        parties=(walk_in,) if at_desk else (),
        papers=(c.PaperLine("giay_chung_sinh", originals=1),) if at_desk else (),
        channel=Channel.DESK if at_desk else Channel.ONLINE,
    )
    return file_dossier(request, actor=actor, key=f"demo:{sample.key}", body={"sample": sample.key})

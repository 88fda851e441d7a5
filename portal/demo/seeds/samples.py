"""A few dossiers in several states and of several ages, so that desk and citizens have something to look at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers import commands as c
from dossiers.choices import Channel
from dossiers.models import Dossier
from dossiers.services.files import store_upload
from dossiers.services.filing import file_dossier
from portal.audit.selectors import list_entries
from portal.audit.services import record
from portal.core import clock
from portal.core.locking import durable
from portal.demo.seeds.answers import Answers
from portal.demo.seeds.codes import COMMUNE
from portal.demo.seeds.drawers import count_drawers
from portal.demo.seeds.moments import at, working_days_ago
from portal.demo.seeds.papers import build_scan
from portal.demo.seeds.people import Cast
from portal.notifications.choices import DeliveryStatus
from portal.notifications.models import Delivery
from procedures.formschema.parties import PartyDraft

Further = Callable[[Dossier, Cast], object]


@dataclass(frozen=True)
class Sample:
    """One dossier, filed `age` working days ago.

    `by` files it, over the counter where that is an officer, with `walk_in` as the submitter and `on_desk` as
    the papers laid there; `further` brings it on, each act a few working hours after the one before.
    """

    key: str
    procedure: str
    case: str
    by: str
    answers: Callable[[date], Answers]
    papers: Sequence[str] = ()
    walk_in: str = ""
    on_desk: Sequence[str] = ()
    channel: Channel = Channel.DESK
    agency: str = COMMUNE
    age: int = 0
    further: Further | None = None

    @property
    def subject(self) -> str:
        return f"sample:{self.key}"


def seed_samples(samples: Sequence[Sample], cast: Cast) -> int:
    """File those that were never filed here; how many. One that people worked on since is left alone.

    Raises PortalError, when the working calendars end for instance; what was filed until then stays.
    """
    missing = [sample for sample in samples if not list_entries(sample.subject, limit=1)]
    try:
        for sample in missing:
            _seed(sample, cast)
    finally:
        if missing:
            count_drawers()
            _deliver_from_now_on()
    return len(missing)


def _deliver_from_now_on() -> None:
    """What was told in the past is on its way only now; nobody is late with it."""
    moment = clock.now()
    Delivery.objects.filter(status=DeliveryStatus.PENDING, not_before__lt=moment).update(not_before=moment)


def _seed(sample: Sample, cast: Cast) -> None:
    with at(working_days_ago(sample.age)):
        dossier = _file(sample, cast)
    if sample.further is not None:
        sample.further(dossier, cast)
    with durable():
        record(user_id=None, action="demo.sample_filed", subject=sample.subject)


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
        papers=tuple(c.PaperLine(paper, originals=1) for paper in sample.on_desk),
        channel=sample.channel if at_desk else Channel.ONLINE,
    )
    return file_dossier(request, actor=actor, key=f"demo:{sample.key}", body={"sample": sample.key})

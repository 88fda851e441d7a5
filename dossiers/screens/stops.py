"""The timeline of a dossier with what is still to come: oldest first, each stop with its reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers.choices import END_STATUSES, Status
from dossiers.models import Dossier, DossierEvent
from dossiers.screens.sentences import expect_result
from dossiers.timeline import Line, build_timeline
from portal.core.templatetags.formats import vn_deadline
from procedures.content import Content

_BEFORE_RECEIPT = frozenset({Status.SUBMITTED, Status.AWAITING_SUPPLEMENT, Status.AWAITING_PAYMENT})


@dataclass(frozen=True, slots=True)
class Stop:
    """A row for components/timeline.html. `state`: done, now, stop or todo."""

    title: str
    state: str
    at: datetime | None = None
    when: str = ""
    text: str = ""


def build_stops(
    dossier: Dossier,
    events: Sequence[DossierEvent],
    content: Content,
    *,
    audience: str,
    reader_id: UUID | None = None,
    awaited: Sequence[str] = (),
) -> list[Stop]:
    """What happened, what is now, and what comes. A stop that was mended reads as done.

    `reader_id`: whose own acts read "Bạn". `awaited`: names of owners who have not agreed yet.
    """
    own = {event.seq for event in events if reader_id is not None and event.actor_user_id == reader_id}
    lines = build_timeline(events, content, audience=audience)
    stops = [_stop(line, is_own=line.seq in own) for line in lines]
    if stops and stops[-1].state == "stop":
        past = [_mended(stop) for stop in stops[:-1]]
        stops = [*past, stops[-1]]
    else:
        stops = [_mended(stop) for stop in stops]
    return [*stops, *_wait_for(awaited), *_coming(dossier, content)]


def _wait_for(names: Sequence[str]) -> Iterator[Stop]:
    if names:
        title = _("Chờ %(names)s đồng ý") % {"names": ", ".join(names)}
        how = _("Người đó đăng nhập tài khoản của mình để đồng ý, hoặc cùng bạn đến quầy để cán bộ ghi nhận.")
        yield Stop(title, "now", text=how)


def _stop(line: Line, *, is_own: bool) -> Stop:
    parts = [part if part.endswith((".", "!", "?")) else f"{part}." for part in line.detail.splitlines()]
    text = " ".join(parts) if len(parts) > 1 else line.detail
    return Stop(line.title, line.state, line.at, _("Bạn") if is_own else line.who, text)


def _mended(stop: Stop) -> Stop:
    return replace(stop, state="done") if stop.state == "stop" else stop


def _coming(dossier: Dossier, content: Content) -> Iterator[Stop]:
    status = dossier.status
    if status in END_STATUSES or status == Status.DRAFT:
        return
    agency = dossier.agency.name if dossier.agency else ""
    checking = Status.SUBMITTED in (status, dossier.resume_to)
    if checking:
        yield Stop(
            _("Cán bộ kiểm tra hồ sơ"), _now(status == Status.SUBMITTED), when=_check_words(dossier, content)
        )
    if Status.RESOLVED not in (status, dossier.resume_to):
        solving = status in {Status.ACCEPTED, Status.PROCESSING}
        title = _("%(agency)s giải quyết") % {"agency": agency}
        yield Stop(title, _now(solving), when=_limit_words(dossier, content))
    yield Stop(_("Bạn nhận kết quả"), _now(status == Status.RESOLVED), when=_result_words(dossier))


def _now(is_now: bool) -> str:
    return "now" if is_now else "todo"


def _check_words(dossier: Dossier, content: Content) -> str:
    if dossier.check_by is not None:
        return _("Chậm nhất %(moment)s. Nếu thiếu, bạn được báo một lần, đủ mọi thứ.") % {
            "moment": vn_deadline(dossier.check_by)
        }
    if dossier.status in _BEFORE_RECEIPT and dossier.status != Status.SUBMITTED:
        return _("Trong %(hours)d giờ làm việc sau khi bạn làm xong việc trên.") % {
            "hours": content.check_hours
        }
    return ""


def _result_words(dossier: Dossier) -> str:
    if Status.RESOLVED in (dossier.status, dossier.resume_to):
        return ""
    expected = expect_result(dossier)
    if expected or dossier.received_at is not None:
        return expected or _("Có ngày hẹn mới khi hết tạm dừng.")
    return _("Có ngày hẹn khi hồ sơ được tiếp nhận.")


def _limit_words(dossier: Dossier, content: Content) -> str:
    """The limit of the law; once a new day was promised, that day stands and not the old limit."""
    if dossier.rescheduled_from is not None and dossier.due_at is not None:
        return _("Hẹn lại: %(due)s") % {"due": vn_deadline(dossier.due_at)}
    limit = content.limit_for(dossier.case_key or None, dossier.channel)
    return str(limit) if limit else _("Pháp luật không quy định thời hạn")

"""Turns that a dossier may take off the straight way: asked back, redirected, late, ended early.

Each looks where the dossier stands first, so an interrupted run is completed by the next.
"""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers import commands as c
from dossiers.choices import Outcome, Status
from dossiers.models import Dossier
from dossiers.proposals import DECLINE, open_proposal_of
from dossiers.services import acting
from dossiers.services.files import store_upload
from dossiers.services.supplementing import supplement
from portal.accounts.choices import Role
from portal.accounts.selectors import get_agency
from portal.demo.seeds.moments import HOURS_A_DAY, after
from portal.demo.seeds.papers import build_scan
from portal.demo.seeds.paths import PACE, advance, resolve
from portal.demo.seeds.people import Cast

DRAWING = "ban_ve_thiet_ke"


def ask_drawing_again(dossier: Dossier, cast: Cast) -> Dossier:
    """The case officer asks for the drawing once more."""
    if dossier.status == Status.AWAITING_SUPPLEMENT:
        return dossier
    dossier = advance(dossier, cast, until=Status.PROCESSING)
    reason = "Bản vẽ mặt cắt bị mờ, không đọc được kích thước. Mời bạn chụp lại."
    command = c.RequestSupplement((c.SupplementItem(reason=reason, requirement=DRAWING),))
    with after(dossier, PACE):
        actor = cast.at_work(dossier, Role.CASE_OFFICER)
        return acting.perform(dossier.pk, command, actor=actor, version=dossier.version)


def answer_with_drawing(dossier: Dossier, cast: Cast) -> Dossier:
    """The citizen sends it, and the case officer goes on."""
    if dossier.supplement_requests.filter(answered_at__isnull=False).exists():
        return dossier
    dossier, owner = ask_drawing_again(dossier, cast), cast.owner(dossier)
    with after(dossier, 2 * HOURS_A_DAY):
        scan = SimpleUploadedFile("ban-ve-chup-lai.png", build_scan(), "image/png")
        upload = store_upload(scan, actor=owner)
        return supplement(dossier.pk, actor=owner, version=dossier.version, uploads=[(DRAWING, upload.pk)])


def redirect(dossier: Dossier, cast: Cast, to: str) -> Dossier:
    """The place is in another commune, which receives from now on."""
    agency = get_agency(to)
    if dossier.status != Status.SUBMITTED or dossier.agency_id == agency.pk:
        return dossier
    command = c.Redirect(agency.pk, "Địa điểm kinh doanh thuộc địa bàn của cơ quan này.")
    with after(dossier, PACE):
        actor = cast.at_work(dossier, Role.RECEPTION)
        return acting.perform(dossier.pk, command, actor=actor, version=dossier.version)


def decline(dossier: Dossier, cast: Cast) -> Dossier:
    """Reception proposes, the head of the desk agrees."""
    reason = "Thửa đất nằm trong hành lang bảo vệ bờ sông, không thuộc diện cấp phép tại xã, phường."
    if dossier.status != Status.SUBMITTED:
        return dossier
    if open_proposal_of(dossier, DECLINE) is None:
        with after(dossier, PACE):
            actor = cast.at_work(dossier, Role.RECEPTION)
            dossier = acting.propose_decline(dossier.pk, reason, actor=actor, version=dossier.version)
    with after(dossier, PACE):
        head = cast.at_work(dossier, Role.DESK_HEAD)
        return acting.decline(dossier.pk, reason, actor=head, version=dossier.version)


def withdraw(dossier: Dossier, cast: Cast) -> Dossier:
    """The citizen takes it back before anybody looked."""
    if dossier.status != Status.SUBMITTED:
        return dossier
    with after(dossier, PACE):
        command = c.Withdraw("Tôi ghi nhầm địa chỉ trụ sở, sẽ nộp lại hồ sơ khác.")
        return acting.perform(dossier.pk, command, actor=cast.owner(dossier), version=dossier.version)


def stop(dossier: Dossier, cast: Cast) -> Dossier:
    """The approver ends it."""
    if dossier.status == Status.STOPPED:
        return dossier
    dossier = advance(dossier, cast, until=Status.PROCESSING)
    with after(dossier, HOURS_A_DAY):
        command = c.Stop("Thửa đất đang có tranh chấp, Tòa án đã thụ lý. Hồ sơ dừng cho đến khi có bản án.")
        actor = cast.at_work(dossier, Role.APPROVER)
        return acting.perform(dossier.pk, command, actor=actor, version=dossier.version)


def refuse(dossier: Dossier, cast: Cast) -> Dossier:
    """A refusal after appraisal is a result, in writing, within the limit."""
    if dossier.status in (Status.RESOLVED, Status.RETURNED):
        return dossier
    dossier = advance(dossier, cast, until=Status.PROCESSING, step="ky_duyet")
    with after(dossier, PACE):
        reason = "Tên hộ kinh doanh trùng với tên đã đăng ký trong phạm vi phường."
        return resolve(dossier, cast, Outcome.REFUSED, reason)


def apologise(dossier: Dossier, cast: Cast, after_days: int, until: datetime) -> Dossier:
    """Mẫu 04 that many working days after work began: the reason and a new date."""
    if dossier.rescheduled_from is not None:
        return dossier
    dossier = advance(dossier, cast, until=Status.PROCESSING)
    with after(dossier, after_days * HOURS_A_DAY):
        return acting.reschedule(
            dossier.pk,
            until,
            "Mưa lớn nhiều ngày nên chưa kiểm tra được thực địa.",
            actor=cast.at_work(dossier, Role.APPROVER),
            version=dossier.version,
        )

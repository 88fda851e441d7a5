"""Guards of filing, receiving and accepting."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _

from dossiers import commands as c
from dossiers import proposals
from dossiers.choices import FeeMode
from dossiers.consents import list_awaited
from dossiers.guards.base import check_assignee, open_fees, refuse
from dossiers.models import PaperItem
from dossiers.requirements import missing_papers
from dossiers.work import Work
from portal.accounts import selectors as accounts
from portal.accounts.choices import Role
from portal.core.clock import to_local
from portal.core.errors import Forbidden, RuleViolation
from procedures import selectors as catalogue

if TYPE_CHECKING:
    from portal.accounts.models import Agency


def level_allows_filing(work: Work, command: c.Command) -> None:
    if not work.content.takes_online:
        raise Forbidden(
            "level_forbids",
            _("Thủ tục này chưa nhận hồ sơ qua mạng. Mời bạn nộp tại quầy Một cửa hoặc qua bưu điện."),
        )


def complete(work: Work, command: c.Command) -> None:
    """Answers were checked when the filing was prepared; here every paper that must be sent is there."""
    filing = cast("c.Submit | c.Supplement", command).filing
    on_paper = {paper.requirement for paper in getattr(command, "papers", ())}
    if not work.is_new:
        on_paper |= set(PaperItem.objects.filter(dossier=work.dossier).values_list("requirement", flat=True))
    sent = on_paper | {entry.requirement for entry in filing.manifest}
    missing = missing_papers(work.content, work.dossier.case_key, filing.answers, sent)
    if missing:
        errors = {item.key: [_("Còn thiếu: %(name)s.") % {"name": item.name}] for item in missing}
        raise RuleViolation("incomplete", _("Hồ sơ còn thiếu giấy tờ bắt buộc."), errors=errors)


def agency_performs(work: Work, command: c.Command) -> None:
    _check_performs(work, work.dossier.agency)


def target_agency_performs(work: Work, command: c.Command) -> None:
    target = cast("c.Redirect", command).agency_id
    if target == work.dossier.agency_id:
        raise refuse("agency", _("Hồ sơ đang ở chính cơ quan này. Hãy chọn cơ quan khác."))
    _check_performs(work, accounts.find_agency(target))


def _check_performs(work: Work, agency: Agency | None) -> None:
    """It performs the procedure, and it is still at work today: not merged into another, not closed."""
    if (
        agency is None
        or not accounts.is_open(agency, to_local(work.now).date())
        or not catalogue.performs(agency, work.content)
    ):
        raise refuse("agency", _("Cơ quan này không giải quyết thủ tục đã chọn. Hãy chọn cơ quan khác."))


def papers_listed(work: Work, command: c.Command) -> None:
    known = {r.key for r in work.content.requirements_for(work.dossier.case_key)}
    for paper in cast("c.Receive", command).papers:
        if paper.requirement not in known:
            raise refuse("papers", _("Giấy tờ này không thuộc trường hợp đã chọn."))


def before_fees_settled(work: Work, command: c.Command) -> None:
    if open_fees(work).filter(mode=FeeMode.BEFORE).exists():
        raise refuse("fee", _("Phí, lệ phí nộp trước chưa được thu. Hãy thu tiền rồi tiếp nhận."), "fee_open")


def owners_consented(work: Work, command: c.Command) -> None:
    filing = work.filing if work.content.all_owners_consent else None
    if filing is None:
        return
    awaited = ", ".join(owner.name for owner in list_awaited(filing))
    if awaited:
        message = _(
            "Chưa đồng ý: %(names)s. Hãy mời người đó đăng nhập tài khoản của mình để đồng ý, "
            "hoặc đến quầy để cán bộ ghi nhận."
        )
        raise refuse("consent", message % {"names": awaited}, "consent_missing")


def reason_given(work: Work, command: c.Command) -> None:
    if not cast("c.Decline", command).reason.strip():
        raise refuse("reason", _("Hãy ghi lý do. Người dân sẽ đọc câu này."))


def decline_approved(work: Work, command: c.Command) -> None:
    """Reception proposes, the head of the desk decides: two people (domain 3.8)."""
    since = work.dossier.submitted_at or work.now
    if not proposals.is_approved(work, proposals.DECLINE, since):
        raise refuse(
            "proposal", _("Từ chối cần hai người: cán bộ tiếp nhận đề xuất trước."), "proposal_missing"
        )


def assignee_fits(work: Work, command: c.Command) -> None:
    check_assignee(work, cast("c.Start", command).assignee_id, Role.CASE_OFFICER)

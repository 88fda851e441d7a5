"""The values of each printed form, read from one dossier."""

from datetime import datetime
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from dossiers import deskreads, selectors
from dossiers.models import DossierEvent
from dossiers.notices import item_name
from dossiers.printing.letters import address_owner, show_reason
from dossiers.printing.returning import show_return
from dossiers.printing.signing import find_signer
from dossiers.printing.source import Source
from dossiers.printing.words import (
    get_detail,
    list_paper_lines,
    name_owner,
    name_procedure,
    show_address,
    show_due_text,
    show_fees,
    show_identity,
    show_limit,
    show_phone,
)
from dossiers.prints import data as d


def build_receipt(source: Source) -> d.ReceiptData:
    """Mẫu 01 of an accepted dossier."""
    dossier, submitter, owner = source.dossier, source.submitter, source.owner
    received = cast("datetime", dossier.received_at)
    accepted = source.event("accept")
    place, way = show_return(source)
    return d.ReceiptData(
        code=dossier.code or "",
        place=source.place,
        issued_at=accepted.at if accepted else received,
        agency_name=source.agency.name,
        parent_agency_name=source.parent_name,
        submitter_name=submitter.name if submitter else "",
        submitter_address=show_address(submitter),
        phone=show_phone(submitter),
        email=get_detail(submitter, "email"),
        identity_text=show_identity(submitter),
        procedure_name=name_procedure(source),
        owner_name=name_owner(owner, submitter),
        owner_address="" if owner is submitter else show_address(owner),
        papers=list_paper_lines(source),
        sets=source.content.sets,
        limit_text=show_limit(source),
        received_at=received,
        due_at=dossier.rescheduled_from or dossier.due_at,
        due_text=show_due_text(dossier),
        lookup_url=source.lookup_url,
        secret=source.secret,
        return_place=place,
        channel_text=way,
        officer_name=accepted.actor_name if accepted else "",
        fee_text=show_fees(selectors.list_fees(dossier)),
        agency_phone=source.agency.phone,
        book_number=(dossier.code or "").rpartition("-")[2],
    )


def build_filing_notice(source: Source) -> d.FilingNoticeData:
    """Notice of an online filing: the code, and until when it is checked; no due day."""
    dossier, submitter, owner = source.dossier, source.submitter, source.owner
    submitted = cast("datetime", dossier.submitted_at)
    return d.FilingNoticeData(
        code=dossier.code or "",
        place=source.place,
        issued_at=submitted,
        agency_name=source.agency.name,
        parent_agency_name=source.parent_name,
        submitter_name=submitter.name if submitter else "",
        procedure_name=name_procedure(source),
        owner_name=name_owner(owner, submitter),
        papers=list_paper_lines(source),
        submitted_at=submitted,
        check_by=dossier.check_by,
        lookup_url=source.lookup_url,
        secret=source.secret,
        agency_phone=source.agency.phone,
    )


def build_supplement_request(source: Source) -> d.SupplementRequestData:
    """Mẫu 02 of the latest request for what is missing."""
    dossier = source.dossier
    request = deskreads.list_supplement_requests(dossier)[-1]
    items = (
        d.MissingItem(item_name(item, source.content), str(item.get("reason", ""))) for item in request.items
    )
    return d.SupplementRequestData(
        **address_owner(source, request.asked_at),
        items=tuple(items),
        answer_by=dossier.answer_by,
        lookup_url=source.lookup_url,
        secret=source.secret,
        officer_name=request.asked_by_name,
        officer_phone=source.agency.phone,
        legal_basis=request.legal_basis,
    )


def build_decline(source: Source) -> d.DeclineData:
    """Mẫu 03: reception proposed, the head of the desk decided and signs; or nobody answered in time."""
    decided = source.event("decline")
    ended = decided or cast("DossierEvent", source.event("expire"))
    proposed = source.event("propose_decline") if decided else None
    title, name = find_signer(decided)
    return d.DeclineData(
        **address_owner(source, ended.at),
        reason=show_reason(ended) or _("Đã quá thời hạn bổ sung hồ sơ hoặc nộp phí, lệ phí."),
        officer_name=proposed.actor_name if proposed else "",
        officer_phone=source.agency.phone,
        signer_title=title,
        signer_name=name,
        website=urlsplit(settings.PUBLIC_URL).netloc,
    )

"""A dossier on the desk: answers and papers, history, prints, files. Every reading is written down."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dossiers import deskreads, printing, selectors
from dossiers.choices import END_STATUSES, Channel, Status
from dossiers.estimates import estimate_due
from dossiers.screens.sent import build_sent
from dossiers.services.reading import open_dossier
from dossiers.storage import open_stored
from dossiers.timeline import build_timeline
from onestop.acts.decisions import build_decisions
from onestop.acts.scene import Scene
from onestop.alerts import list_alerts
from onestop.history import build_stays, build_stops
from onestop.policy import desk_officer
from onestop.views.acts import build_crumbs
from onestop.worklist import build_left, build_status
from portal.accounts.choices import Role
from portal.accounts.requests import PortalRequest
from portal.core import clock
from portal.core.templatetags.formats import vn_datetime, vn_deadline

if TYPE_CHECKING:
    from dossiers.models import Dossier, StoredFile


@require_safe
@desk_officer
def main(request: PortalRequest, dossier_id: UUID) -> HttpResponse:
    """What was declared and handed in, and the box of what can be done."""
    scene = _open(request, dossier_id, "desk:dossier")
    events = build_timeline(scene.events, scene.content, audience="staff")
    context = {
        **_page(scene, "onestop:dossier"),
        "casefile": scene.casefile,
        "decisions": build_decisions(scene),
        "alerts": list_alerts(scene),
        "decision": scene.decision,
        "results": scene.results,
        "proxy": scene.find_text("return_result", "proxy"),
        "authorisation": scene.find_text("return_result", "authorisation"),
        "stops": build_stops(events, scene),
        "sent": build_sent(scene.dossier),
    }
    return render(request, "onestop/dossier.html", context)


@require_safe
@desk_officer
def history(request: PortalRequest, dossier_id: UUID) -> HttpResponse:
    """The whole course, the stays at each step (Mẫu 05), and how the due day was counted."""
    scene = _open(request, dossier_id, "desk:history")
    events = build_timeline(scene.events, scene.content, audience="staff")
    context = {
        **_page(scene, "onestop:history"),
        "lines": events,
        "stays": build_stays(scene.content, selectors.list_steps(scene.dossier)),
        "requests": deskreads.list_supplement_requests(scene.dossier),
    }
    return render(request, "onestop/history.html", context)


@require_safe
@desk_officer
def prints(request: PortalRequest, dossier_id: UUID) -> HttpResponse:
    """The forms that exist, and a new receipt for a lost one."""
    scene = _open(request, dossier_id, "desk:prints")
    context = {
        **_page(scene, "onestop:prints"),
        "prints": printing.list_prints(scene.dossier),
        "can_reissue": request.actor.has_role(Role.RECEPTION) and not request.actor.is_read_only,
    }
    return render(request, "onestop/prints.html", context)


@require_safe
@desk_officer
def print_pdf(request: PortalRequest, dossier_id: UUID, key: str) -> HttpResponse:
    """One form as PDF, shown in the browser so that it can be printed at once."""
    dossier = open_dossier(dossier_id, actor=request.actor, what=f"print:{key}"[:100])
    response = HttpResponse(printing.render_print(dossier, key), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{dossier.code}-{key}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@desk_officer
def file(request: PortalRequest, dossier_id: UUID, file_id: UUID) -> FileResponse:
    """One file of the dossier, never run by the browser."""
    dossier = open_dossier(dossier_id, actor=request.actor, what=f"file:{file_id}")
    return send_file(selectors.access_file(dossier, file_id, filed_only=True))


def send_file(stored: "StoredFile") -> FileResponse:
    response = FileResponse(
        open_stored(stored.key), as_attachment=True, filename=stored.name, content_type=stored.mime
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _open(request: PortalRequest, dossier_id: UUID, what: str) -> Scene:
    return Scene(open_dossier(dossier_id, actor=request.actor, what=what), request.actor)


def _page(scene: Scene, current: str) -> dict[str, Any]:
    """What all tabs of a dossier share."""
    dossier = scene.dossier
    case = scene.content.case_or_none(dossier.case_key)
    tabs = (
        ("onestop:dossier", _("Tờ khai, giấy tờ")),
        ("onestop:history", _("Lịch sử")),
        ("onestop:prints", _("Bản in")),
    )
    return {
        "scene": scene,
        "dossier": dossier,
        "content": scene.content,
        "case": case.label if case else "",
        "status": build_status(dossier),
        "left": build_left(dossier, clock.now()),
        "facts": list_facts(scene),
        "channel": Channel(dossier.channel).label,
        "crumbs": build_crumbs(scene),
        "tabs": [
            {"label": label, "href": reverse(name, args=[dossier.pk]), "is_current": name == current}
            for name, label in tabs
        ],
    }


def _name_wait(dossier: "Dossier") -> str:
    """What the citizen has until the last moment to do."""
    pays = dossier.status == Status.AWAITING_PAYMENT
    return _("Chờ người dân nộp tiền, hạn") if pays else _("Chờ người dân bổ sung, hạn")


def list_facts(scene: Scene) -> list[dict[str, Any]]:
    """Dates and people beside the decision box, as rows for components/summary.html."""
    dossier = scene.dossier
    expected = estimate_due(dossier) if dossier.status == Status.SUBMITTED else None
    rows = [
        (_("Hẹn trả"), vn_deadline(dossier.due_at)),
        (_("Hẹn cũ"), vn_deadline(dossier.rescheduled_from)),
        (_("Hẹn trả nếu nhận đúng hạn kiểm tra"), vn_deadline(expected)),
        (_("Phải kiểm tra trước"), vn_deadline(dossier.check_by)),
        (_name_wait(dossier), vn_deadline(dossier.answer_by)),
        (_("Bước"), scene.step_name),
        (_("Người giữ"), scene.holder or (_("Chưa giao") if scene.step else "")),
        (_("Nộp"), vn_datetime(dossier.submitted_at)),
        (_("Tiếp nhận"), vn_datetime(dossier.received_at)),
        (_("Kết thúc"), vn_datetime(dossier.ended_at) if dossier.status in END_STATUSES else ""),
        (_("Nơi nhận"), dossier.agency.name if dossier.agency else ""),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]

"""How the citizen's pages get at a dossier: by the right checks, one 404 for "not there" and "not yours"."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from dossiers import selectors
from dossiers.choices import Status
from dossiers.models import Dossier
from dossiers.rights import visible_to
from dossiers.roles import is_owner_side
from dossiers.screens.sheet import Sheet, read_sheet
from portal.accounts.requests import get_actor
from portal.core.errors import Conflict, NotFound

UNPROCESSABLE = 422


def access_own(request: HttpRequest, dossier_id: UUID) -> Dossier:
    """A dossier of the person's own side, drafts included. One query. Raises NotFound."""
    actor = get_actor(request)
    found = visible_to(actor).select_related("procedure", "agency").filter(pk=dossier_id).first()
    if found is None or actor.is_officer or not is_owner_side(found, actor):
        raise NotFound
    return found


def access_filed(request: HttpRequest, dossier_id: UUID) -> Dossier:
    """An own dossier that was filed. Raises NotFound for drafts too: their pages are others."""
    dossier = access_own(request, dossier_id)
    if dossier.status == Status.DRAFT:
        raise NotFound
    return dossier


def access_sheet(request: HttpRequest, dossier_id: UUID) -> Sheet:
    """The draft of an own dossier: of its first filing, or of an open supplement.

    Raises NotFound, or Conflict `not_a_draft` once it was sent. Three queries.
    """
    dossier = access_own(request, dossier_id)
    draft = selectors.get_draft(dossier)
    if draft is None or dossier.status not in {Status.DRAFT, Status.AWAITING_SUPPLEMENT}:
        raise Conflict("not_a_draft", _("Hồ sơ này đã được nộp nên không sửa được nữa."))
    return read_sheet(dossier, draft)


def ask_to_act_as_citizen(request: HttpRequest) -> HttpResponse:
    """An officer at work came to a page of private matters: say how to change, with the way back."""
    back = urlencode({"next": request.get_full_path() if request.method == "GET" else request.path})
    context = {
        "message": _("Bạn đang làm việc với vai cán bộ. Trang này dành cho việc riêng của bạn."),
        "next_href": f"{reverse('accounts:switch')}?{back}",
        "next_label": _("Chuyển sang việc riêng"),
    }
    return render(request, "errors/403.html", context, status=403)


def go_to_dossier(dossier_id: UUID, anchor: str = "") -> HttpResponse:
    """To the dossier's own page."""
    return redirect(reverse("dossiers:detail", args=[dossier_id]) + anchor)


def read_number(text: str | None) -> int:
    """A version that a form posted; what is no number is older than every version."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else 0  # noqa: PLR2004

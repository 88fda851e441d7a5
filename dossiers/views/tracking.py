"""Following a dossier without an account: code and secret, both kept out of the address."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dossiers import ownreads, selectors
from dossiers.forms import TrackForm, list_form_errors
from dossiers.models import Dossier
from dossiers.screens.sentences import build_headline, build_lede
from dossiers.screens.stops import build_stops
from dossiers.services import tracking
from dossiers.views.access import UNPROCESSABLE
from portal.accounts.policy import public
from portal.accounts.signin.limits import find_address
from portal.core import clock
from portal.core.errors import NotFound
from procedures import selectors as catalogue

FOLLOWED, TYPED = "track_followed", "track_typed"
KEPT_FOR_S = 30 * 60


@public
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """POST looks up. A link with code and secret (QR) moves both to the session and looks up from there."""
    if request.method == "POST":
        return _look_up(request, TrackForm(request.POST))
    if "secret" in request.GET:
        request.session[TYPED] = {name: request.GET.get(name, "")[:64] for name in ("code", "secret")}
        return redirect("dossiers:track")
    if "new" in request.GET:
        request.session.pop(FOLLOWED, None)
        return redirect("dossiers:track")
    typed = request.session.pop(TYPED, None)
    if typed is not None:
        return _look_up(request, TrackForm(typed))
    followed = _find_followed(request)
    if followed is not None:
        return _show_dossier(request, followed)
    return _show_form(request, {"code": request.GET.get("code", "")})


def _look_up(request: HttpRequest, form: TrackForm) -> HttpResponse:
    """Right: the address stays clean and a reload shows the dossier again. Wrong and unknown answer alike."""
    if not form.is_valid():
        return _show_form(request, form.data, list_form_errors(form))
    code, secret = form.cleaned_data["code"], form.cleaned_data["secret"]
    try:
        found = tracking.track(code, secret, address=find_address(request))
    except NotFound as error:
        return _show_form(request, form.data, [{"text": error.message, "id": "code"}])
    request.session[FOLLOWED] = {
        "id": str(found.pk),
        "secret_version": found.secret_version,
        "at": int(clock.now().timestamp()),
    }
    return redirect("dossiers:track")


def _find_followed(request: HttpRequest) -> Dossier | None:
    """The dossier whose secret this session has proved to know, for half an hour and until a reprint."""
    kept: dict[str, Any] = request.session.get(FOLLOWED) or {}
    if not kept or clock.now().timestamp() - kept["at"] > KEPT_FOR_S:
        return None
    return ownreads.find_followed(UUID(kept["id"]), kept["secret_version"])


def _show_dossier(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    content = catalogue.get_content(dossier.procedure_version_id)
    context = {
        "dossier": dossier,
        "content": content,
        "headline": build_headline(dossier, clock.now()),
        "lede": build_lede(dossier),
        "stops": build_stops(dossier, selectors.list_events(dossier), content, audience="public"),
    }
    return render(request, "dossiers/tracked.html", context)


def _show_form(request: HttpRequest, typed: Any, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    context = {
        "code": typed.get("code", ""),
        "secret": typed.get("secret", "") if errors else "",
        "errors": errors or [],
        "field_errors": {error["id"]: error["text"] for error in errors or []},
        "has_errors": bool(errors),
    }
    return render(request, "dossiers/track.html", context, status=UNPROCESSABLE if errors else 200)

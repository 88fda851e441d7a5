"""Pages of acts on a dossier: each asks what its act needs, keeps what was typed, and says what happened."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dossiers import precheck
from dossiers.rights import visible_to
from dossiers.services.reading import open_dossier
from onestop.acts.forms import ActForm
from onestop.acts.notes import list_notes
from onestop.acts.scene import Scene
from onestop.acts.table import ACTS, DeskAct
from onestop.conflicts import read_number, show_conflict
from onestop.policy import desk_officer
from portal.accounts.requests import PortalRequest
from portal.core.errors import Conflict, LockTimeout, NotFound, PortalError, RuleViolation

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@desk_officer
def act(request: PortalRequest, dossier_id: UUID, name: str) -> HttpResponse:
    """One act. Judged in the order 404, 403, 409, 422; nothing typed is lost by any of the last two."""
    found = ACTS.get(name)
    if found is None:
        raise NotFound
    scene = Scene(open_dossier(dossier_id, actor=request.actor, what=f"desk:{name}"), request.actor)
    form = found.form(request.POST, request.FILES, scene=scene) if request.method == "POST" else None
    try:
        precheck.check_act(
            scene.dossier,
            name,
            request.actor,
            scene.relations,
            read_number(form.data if form else None, "version"),
        )
        if form is None:
            return _show(request, scene, name, found.form(scene=scene))
        if form.only_changes():
            form.keep_typed()
        elif form.is_valid() and _perform(request, found, scene, form):
            return _go_on(request, dossier_id)
    except Conflict as conflict:
        typed, seq = (form.list_typed(), read_number(form.data, "seq")) if form else ([], None)
        return show_conflict(request, scene.dossier, conflict, typed=typed, seq=seq)
    return _show(request, scene, name, form)


def _go_on(request: PortalRequest, dossier_id: UUID) -> HttpResponse:
    """Back to the dossier; to the list where it is no longer this agency's to see (redirected)."""
    seen = visible_to(request.actor).filter(pk=dossier_id).exists()
    return redirect("onestop:dossier", dossier_id) if seen else redirect("onestop:desk")


def _perform(request: PortalRequest, found: DeskAct, scene: Scene, form: ActForm) -> bool:
    try:
        found.run(scene.dossier.pk, form.cleaned_data, request.actor)
    except (RuleViolation, LockTimeout) as error:
        add_errors(form, error)
        return False
    messages.success(request, str(found.done))
    return True


def add_errors(form: ActForm, error: PortalError) -> None:
    """What the service refused, beside its control where the form has one."""
    errors = error.errors if isinstance(error, RuleViolation) else {}
    for path, lines in errors.items():
        form.add_error(path if path in form.fields else None, lines)
    if not errors:
        form.add_error(None, error.message)


def _show(request: PortalRequest, scene: Scene, name: str, form: ActForm) -> HttpResponse:
    context = {
        "act": ACTS[name],
        "scene": scene,
        "dossier": scene.dossier,
        "form": form,
        "notes": list_notes(name, scene),
        "has_errors": bool(form.errors),
        "back_href": reverse("onestop:dossier", args=[scene.dossier.pk]),
        "crumbs": build_crumbs(scene, str(ACTS[name].label)),
    }
    return render(request, "onestop/act.html", context, status=UNPROCESSABLE if form.errors else 200)


def build_crumbs(scene: Scene, last: str = "") -> list[dict[str, object]]:
    """The list, the dossier, and the page on it."""
    dossier = scene.dossier
    own: dict[str, object] = {"label": dossier.code, "code": True}
    crumbs: list[dict[str, object]] = [{"label": _("Hồ sơ"), "href": reverse("onestop:desk")}]
    if not last:
        return [*crumbs, own]
    return [*crumbs, {**own, "href": reverse("onestop:dossier", args=[dossier.pk])}, {"label": last}]

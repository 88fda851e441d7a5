"""The page of blocks: what there is, other names, and away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.policy import catalogue_admin
from portal.accounts.requests import get_actor
from portal.core.errors import Conflict, RuleViolation
from procedures import services
from procedures.editing.builder.reads import list_blocks


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def blocks(request: HttpRequest) -> HttpResponse:
    """All blocks with their questions; each may be renamed or deleted."""
    if request.method != "POST":
        return _draw(request)
    try:
        _change(request)
    except RuleViolation as refused:
        return _draw(request, errors=refused.errors, status=422)
    except Conflict as conflict:
        return _draw(request, errors={"": [conflict.message]}, status=409)
    return redirect("catalogue:blocks")


def _change(request: HttpRequest) -> None:
    actor, key = get_actor(request), request.POST.get("key", "")
    seen = request.POST.get("row_version", "")
    row_version = int(seen) if seen.isascii() and seen.isdigit() else 0
    if "delete" in request.POST:
        services.delete_block(actor, key, row_version=row_version)
        messages.success(request, _("Đã xóa khối. Các mẫu đã chèn khối này vẫn giữ câu hỏi của mình."))
        return
    name, hint = request.POST.get("name", ""), request.POST.get("hint", "")
    services.rename_block(actor, key, name=name, hint=hint, row_version=row_version)
    messages.success(request, _("Đã sửa khối “%(name)s”.") % {"name": name})


def _draw(
    request: HttpRequest, errors: dict[str, list[str]] | None = None, status: int = 200
) -> HttpResponse:
    found, key = errors or {}, request.POST.get("key", "")
    context = {
        "blocks": list_blocks(),
        "key": key,
        "typed": request.POST,
        "errors": [
            {"text": line, "id": f"b-{name}-{key}" if name else ""}
            for name, lines in found.items()
            for line in lines
        ],
        "name_error": " ".join(found.get("name", ())),
        "hint_error": " ".join(found.get("hint", ())),
        "has_errors": bool(found),
    }
    return render(request, "catalogue/builder/blocks.html", context, status=status)

"""The guided check: GET only, all answers in the address, no sign-in, no cookie."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portal.accounts.policy import public
from portal.core import clock
from procedures.guide.asking import build_question
from procedures.guide.result import Surroundings, build_result
from procedures.guide.selectors import list_named, list_open_hours, list_places
from procedures.guide.walk import Walk
from procedures.pagecache import ANY, kept_in_memory
from procedures.selectors import access_procedure, get_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.accounts.models import Agency
    from procedures.models import Procedure


@require_safe
@public
@kept_in_memory(ANY)
def check(request: HttpRequest, code: str) -> HttpResponse:
    """The next question, or what the answers come to."""
    procedure = access_procedure(code)
    if procedure.is_closed:
        return redirect("procedures:detail", code)
    content = get_content(procedure.current_id or 0)
    agencies = list_places(content)
    places = [(agency.code, agency.name) for agency in agencies]
    walk = Walk(content, request.GET.dict(), clock.today(), places).run()
    if walk.current is None:
        return _show_result(request, procedure, walk, agencies)
    page = build_question(procedure, walk, walk.given, agencies)
    context = {"page": page, "content": content, "has_errors": bool(page.errors)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if page.errors else HTTPStatus.OK
    return render(request, "procedures/guide/question.html", context, status=status)


def _show_result(
    request: HttpRequest, procedure: "Procedure", walk: Walk, agencies: "Sequence[Agency]"
) -> HttpResponse:
    agency = next((agency for agency in agencies if agency.code == walk.agency), None)
    codes = [walk.stop.instead] if walk.stop else walk.content.next_codes
    around = Surroundings(
        agency=agency,
        hours=list_open_hours(agency, walk.on) if agency else (),
        named=list_named(codes),
        site=request.build_absolute_uri("/").rstrip("/"),
    )
    page = build_result(procedure, walk, around)
    return render(request, "procedures/guide/result.html", {"page": page, "content": walk.content})

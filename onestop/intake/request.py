"""From a page without errors to what the service takes in."""

from django.http import QueryDict

from dossiers.commands import FilingRequest
from onestop.intake import person as p
from onestop.intake.page import ACCEPT, IntakePage
from onestop.intake.papers import to_lines
from onestop.services import Intake
from portal.core.jsontypes import Json

_NOT_PART = frozenset({"csrfmiddlewaretoken", "token"})


def build_intake(page: IntakePage, agency_code: str) -> Intake:
    """What is handed in, and how far it goes at once."""
    request = FilingRequest(
        procedure_code=page.content.code,
        case_key=page.case,
        agency_code=agency_code,
        answers=page.declaration,
        parties=p.build_parties(page.form.answers),
        papers=to_lines(page.papers),
        channel=page.channel,
    )
    payer = str(page.form.answers.get(p.NAME, ""))
    return Intake(request, page.command == ACCEPT, page.collect_after, payer, page.prepared)


def build_body(data: QueryDict) -> dict[str, Json]:
    """What was posted, for the token of the form: the same press of the button has the same body."""
    return {name: list(values) for name, values in data.lists() if name not in _NOT_PART}

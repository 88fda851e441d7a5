"""Which procedures a counter takes in."""

from portal.accounts import selectors as accounts
from portal.accounts.actor import Actor
from procedures.finding.entries import Entry
from procedures.selectors import search_procedures


def list_offered(actor: Actor, query: str = "") -> tuple[Entry, ...]:
    """Open procedures that the agency in scope performs; with words best first, else by field and name."""
    agency = accounts.find_agency(actor.scope_agency_id)
    if agency is None:
        return ()
    found = search_procedures(query, agency=agency).entries
    return tuple(entry for entry in found if not entry.is_closed)

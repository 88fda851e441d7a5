"""Cashiers of the demo counted their drawers: nobody begins with a session of another day."""

from payments.models import CashSession
from payments.services.closing import Closing, close
from payments.till import reads as tills
from payments.till.counting import Count
from portal.accounts.acting import build_officer
from portal.accounts.choices import Door
from portal.core import clock


def count_drawers() -> int:
    """Close what samples of earlier days left open, to the đồng, all of it handed in. How many."""
    left_open = CashSession.objects.filter(closed_at__isnull=True).select_related("membership__user")
    late = [row for row in left_open if tills.is_of_another_day(row, clock.today())]
    for session in late:
        held = tills.sum_drawer(session)
        number = f"NT-{session.opened_at:%y%m%d}" if held else ""
        closing = Closing(
            Count(held), None, card=tills.sum_card(session), handed_in=held, handed_in_number=number
        )
        member = session.membership
        close(session.pk, closing, actor=build_officer(member.user, member, Door.DESK, None))
    return len(late)

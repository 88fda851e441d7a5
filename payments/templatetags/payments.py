"""What is owed and paid for a dossier, on the desk and for the citizen; what about money waits at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from payments.panel import build_panel
from payments.waiting import list_waiting

if TYPE_CHECKING:
    from dossiers.models import Dossier
    from portal.accounts.actor import Actor

register = template.Library()


@register.inclusion_tag("payments/panel.html")
def payment_panel(dossier: Dossier, actor: Actor) -> dict[str, Any]:
    """At most two queries. `dossier` comes with its agency."""
    return {"panel": build_panel(dossier, actor), "is_desk": actor.is_officer}


@register.inclusion_tag("payments/waiting.html")
def money_waiting(actor: Actor) -> dict[str, Any]:
    """What about money waits for this officer. At most two queries."""
    return {"waiting": list_waiting(actor)}

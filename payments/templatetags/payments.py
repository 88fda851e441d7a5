"""{% payment_panel dossier actor %}: what is owed and paid for a dossier, on the desk and for the citizen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from payments.panel import build_panel

if TYPE_CHECKING:
    from dossiers.models import Dossier
    from portal.accounts.actor import Actor

register = template.Library()


@register.inclusion_tag("payments/panel.html")
def payment_panel(dossier: Dossier, actor: Actor) -> dict[str, Any]:
    """At most two queries. `dossier` comes with its agency."""
    return {"panel": build_panel(dossier, actor), "is_desk": actor.is_officer}

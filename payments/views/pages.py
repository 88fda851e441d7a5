"""What every page of a fee shows, at the desk and to the citizen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from payments.panel import FeeCard
from portal.accounts.actor import Actor

if TYPE_CHECKING:
    from dossiers.models import Dossier


def build_page(dossier: Dossier, actor: Actor, card: FeeCard) -> dict[str, Any]:
    """Context of a page about one fee, in the layout of its reader's door."""
    return {
        "base_template": "desk.html" if actor.is_officer else "base.html",
        "dossier": dossier,
        "card": card,
        "place": dossier.agency,
        "is_desk": actor.is_officer,
        "back_href": dossier_href(dossier, actor),
    }


def dossier_href(dossier: Dossier, actor: Actor) -> str:
    """The dossier's page behind this person's door."""
    name = "onestop:dossier" if actor.is_officer else "dossiers:detail"
    return reverse(name, args=[dossier.pk])

"""How a dossier's state looks beside its name: {% dossier_tag dossier %}, and files with their button."""

from django import template

from dossiers.choices import Status
from dossiers.models import Dossier
from dossiers.screens.sentences import TAG_KINDS, is_late
from portal.core import clock

register = template.Library()


@register.inclusion_tag("components/tag.html")
def dossier_tag(dossier: Dossier) -> dict[str, str]:
    """The status in its words; overdue ones say so."""
    if is_late(dossier, clock.now()):
        return {"text": str(Status(dossier.status).label), "kind": "late"}
    return {"text": str(Status(dossier.status).label), "kind": TAG_KINDS.get(dossier.status, "")}

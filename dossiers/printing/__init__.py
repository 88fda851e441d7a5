"""The printed forms of one dossier: which exist now, and their PDF.

The reader's right to the dossier is checked before. The secret printed beside the code is the one in force.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from dossiers import selectors
from dossiers.models import Dossier, DossierEvent
from dossiers.printing.build import build_receipt
from dossiers.printing.catalogue import FORMS
from dossiers.printing.source import Source
from dossiers.prints.sets import choose_set
from portal.core import clock
from portal.core.clock import to_local
from portal.core.errors import NotFound

__all__ = ["FORMS", "Print", "Source", "build_receipt", "list_prints", "name_prints", "render_print"]


@dataclass(frozen=True, slots=True)
class Print:
    """One form that can be printed now. `key` stands in its address."""

    key: str
    label: str


def list_prints(dossier: Dossier) -> list[Print]:
    """The forms that exist for the dossier as it stands, for its officers."""
    return name_prints(dossier, selectors.list_events(dossier), for_owner=False)


def name_prints(dossier: Dossier, events: Iterable[DossierEvent], *, for_owner: bool) -> list[Print]:
    """The forms that exist; `for_owner` leaves out those that stay in the house."""
    moments = {event.kind: event.at for event in events}
    return [
        Print(key, form.name_in(choose_set(to_local(form.find_act(moments) or clock.now()).date())))
        for key, form in FORMS.items()
        if form.exists(dossier, set(moments)) and not (for_owner and form.is_internal)
    ]


def render_print(dossier: Dossier, key: str, *, for_owner: bool = False) -> bytes:
    """PDF/A of one form, in Vietnamese.

    Raises NotFound for an unknown form (`print_unknown`), for one that stays in the house when `for_owner`, and
    for one that does not exist in this state (`print_not_found`, with what has to happen first).
    """
    form = FORMS.get(key)
    if form is None or (for_owner and form.is_internal):
        raise NotFound("print_unknown", _("Không có bản in này. Hãy chọn trong danh sách bản in của hồ sơ."))
    kinds = {event.kind for event in selectors.list_events(dossier)}
    if not form.exists(dossier, kinds):
        raise NotFound("print_not_found", str(form.missing))
    with translation.override("vi"):
        return form.render(Source(dossier))

"""Closings of a staged load: what replaces a closed procedure is open, in the file or here."""

from django.utils.translation import gettext as _

from procedures.choices import ProcedureStatus
from procedures.editing_choices import ImportOutcome
from procedures.models import CatalogueImport, Procedure


def refuse_successors(load: CatalogueImport) -> None:
    """Skips records whose successor is missing or closed itself: so no chain and no circle comes in."""
    staged = dict(
        load.records.exclude(outcome=ImportOutcome.SKIPPED).values_list("code", "document__closed__successor")
    )
    closed = set(load.records.filter(document__closed__isnull=False).values_list("code", flat=True))
    wanted = {code: successor for code, successor in staged.items() if successor}
    elsewhere = set(wanted.values()) - set(staged)
    open_here = set(
        Procedure.objects.filter(code__in=elsewhere | set(staged), status=ProcedureStatus.OPEN).values_list(
            "code", flat=True
        )
    )
    for code, successor in wanted.items():
        stands = successor in staged and successor not in closed
        if not stands and (successor in staged or successor not in open_here):
            reason = _("Thủ tục thay thế %(code)s không có hoặc đã bãi bỏ.") % {"code": successor}
            load.records.filter(code=code).exclude(outcome=ImportOutcome.SKIPPED).update(
                outcome=ImportOutcome.SKIPPED, reasons=[reason], document=None
            )

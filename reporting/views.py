"""`/statistics/`: how many dossiers, how many of them online, and whether they were in time; for everybody."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.policy import public
from reporting.page import build_page
from reporting.table import Line, Table


@require_safe
@public
def statistics(request: HttpRequest) -> HttpResponse:
    """The public table, as a page or (`?format=csv`) as a file for spreadsheets."""
    page = build_page(request.GET.dict())
    if request.GET.get("format") == "csv":
        return _as_csv(page.table)
    return render(request, "reporting/statistics.html", {"page": page, "table": page.table})


def _as_csv(table: Table) -> HttpResponse:
    response = HttpResponse(
        "\ufeff",  # so that spreadsheets read it as UTF-8
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="so-lieu-ho-so.csv"'},
    )
    writer = csv.writer(response)
    heads = [_("Hồ sơ nhận"), _("Nộp qua mạng"), _("Đã giải quyết"), _("Đúng hạn"), _("Trễ hạn")]
    writer.writerow(["", *heads])
    writer.writerows([_safe(line.label), *_cells(line)] for line in (*table.lines, table.total))
    return response


def _cells(line: Line) -> list[int | str]:
    held_back = _("không nêu")
    values = (line.filed, line.online, line.resolved, line.in_time, line.late)
    return [held_back if value is None else value for value in values]


def _safe(label: str) -> str:
    """A label that a spreadsheet would take for a formula is kept a text."""
    return f"'{label}" if label[:1] in "=+-@\t\r" else label

"""Which stretch of the register is asked for; all of it stands in the address."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from dossiers.register import Wanted
from onestop.deskfilter import Chip
from portal.core import clock
from procedures.formschema.types.base import Refused
from procedures.formschema.types.days import parse_partial_day, show_day

LONGEST = 40
MONTH, DAY = 2, 3


@dataclass(frozen=True)
class Asked:
    """`when`: an ISO day, month or year. `error` says why what was typed was not understood."""

    when: str
    procedure: str = ""
    cursor: str = ""
    typed: str = ""
    error: str = ""

    @property
    def wanted(self) -> Wanted:
        since, until = _span(self.when)
        return Wanted(since, until, self.procedure)

    @property
    def period(self) -> str:
        """As it stands over the register: "Tháng 11 năm 2026"."""
        parts = self.when.split("-")
        if len(parts) == DAY:
            return _("Ngày %(day)s") % {"day": show_day(self.when)}
        if len(parts) == MONTH:
            return _("Tháng %(month)s năm %(year)s") % {"month": parts[1], "year": parts[0]}
        return _("Năm %(year)s") % {"year": parts[0]}

    @property
    def shown(self) -> str:
        """What stands in the box: as typed where it was refused."""
        return self.typed if self.error else show_day(self.when)

    def build_query(self, **changes: str) -> str:
        """The same stretch with these changes; the cursor only when it is one of them."""
        values = {"when": self.when, "procedure": self.procedure, **changes}
        return urlencode({key: value for key, value in values.items() if value})

    def list_chips(self) -> list[Chip]:
        today = clock.today()
        before = today.replace(day=1) - timedelta(days=1)
        choices = (
            (_("Hôm nay"), f"{today}"),
            (_("Tháng này"), f"{today:%Y-%m}"),
            (_("Tháng trước"), f"{before:%Y-%m}"),
            (_("Năm nay"), f"{today:%Y}"),
        )
        return [
            Chip(label, f"?{self.build_query(when=when)}", "", when == self.when and not self.error)
            for label, when in choices
        ]


def read_asked(params: Mapping[str, str]) -> Asked:
    """What stands in the address; without a time this month. What cannot be read is said in `error`."""
    today = clock.today()
    procedure, cursor = params.get("procedure", "")[:24], params.get("cursor", "")[:500]
    typed = params.get("when", "").strip()
    if not typed:
        return Asked(f"{today:%Y-%m}", procedure, cursor)
    try:
        when = parse_partial_day(typed[:LONGEST], today)
    except Refused:
        error = _("Chưa đọc được thời gian. Ghi một ngày như 23/11/2026, hoặc một tháng như 11/2026.")
        return Asked(f"{today:%Y-%m}", procedure, "", typed[:LONGEST], error)
    return Asked(when, procedure, cursor)


def _span(when: str) -> tuple[date, date]:
    parts = when.split("-")
    if len(parts) == DAY:
        return date.fromisoformat(when), date.fromisoformat(when)
    year = int(parts[0])
    first, last = (int(parts[1]), int(parts[1])) if len(parts) == MONTH else (1, 12)
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])

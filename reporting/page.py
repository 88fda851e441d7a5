"""What the page of public figures shows: choices read from the address, labels, the protected table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from portal.accounts import selectors as accounts
from portal.core import clock
from procedures.choices import ServiceLevel
from reporting import selectors
from reporting.choices import By
from reporting.selectors import Period
from reporting.table import Counts, Line, Table, build_table

FIRST_YEAR = 2025  # provinces and communes only, since 01/07/2025


@dataclass(frozen=True)
class Chip:
    label: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class Choice:
    """What was asked for; what cannot be understood falls back to this year, by agency."""

    period: Period
    by: By
    agency: str = ""

    def href(self, **changes: object) -> str:
        """The same page with something else chosen."""
        asked = {
            "year": self.period.year,
            "month": self.period.month,
            "by": self.by,
            "agency": self.agency,
            **changes,
        }
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True)
class Row:
    """One line of the table, and the page with more about it, if there is one."""

    line: Line
    href: str


@dataclass(frozen=True)
class Page:
    """`head`: what the first column names."""

    choice: Choice
    agency_name: str
    head: str
    table: Table
    rows: tuple[Row, ...]
    as_of: datetime
    years: tuple[int, ...]
    groupings: tuple[Chip, ...]

    @property
    def months(self) -> range:
        return range(1, 13)

    @property
    def all_href(self) -> str:
        return self.choice.href(agency="", by=By.AGENCY)

    @property
    def csv_href(self) -> str:
        return self.choice.href(format="csv")


def read_choice(asked: Mapping[str, str]) -> Choice:
    this_year = clock.today().year
    year = _read_number(asked.get("year"), range(FIRST_YEAR, this_year + 1)) or this_year
    month = _read_number(asked.get("month"), range(1, 13))
    wanted = asked.get("by", "")
    by = By(wanted) if wanted in By.values else By.AGENCY
    return Choice(Period(year, month), by, asked.get("agency", "")[:64])


def build_page(asked: Mapping[str, str]) -> Page:
    """At most six queries. Raises NotFound for an agency nobody knows."""
    choice = read_choice(asked)
    agency = accounts.get_agency(choice.agency) if choice.agency else None
    found = selectors.count_dossiers(choice.period, choice.by, agency_ids=[agency.pk] if agency else ())
    named = _name_rows(found.rows, choice)
    table = build_table([(name.label, found.rows[name.key]) for name in named], _("Cộng"))
    return Page(
        choice=choice,
        agency_name=agency.name if agency else "",
        head={By.AGENCY: _("Cơ quan"), By.LEVEL: _("Mức dịch vụ"), By.MONTH: _("Tháng")}[choice.by],
        table=table,
        rows=tuple(Row(line, name.href) for line, name in zip(table.lines, named, strict=True)),
        as_of=found.as_of,
        years=tuple(range(FIRST_YEAR, clock.today().year + 1)),
        groupings=tuple(
            Chip(str(by.label), choice.href(by=by), by == choice.by)
            for by in By
            if not (agency and by == By.AGENCY)
        ),
    )


@dataclass(frozen=True)
class _Name:
    key: int
    label: str
    href: str = ""


def _name_rows(rows: Mapping[int, Counts], choice: Choice) -> list[_Name]:
    """Every key of the figures with its label, in the order people look for them."""
    if choice.by == By.LEVEL:
        return [_Name(level, _level_label(level)) for level in sorted(rows, reverse=True)]
    if choice.by == By.MONTH:
        return [_Name(month, _("Tháng %(month)s") % {"month": month}) for month in sorted(rows)]
    return [
        _Name(agency.pk, agency.name, choice.href(by=By.MONTH, agency=agency.code, month=None))
        for agency in accounts.list_agencies_by_id(rows)
    ]


def _level_label(level: int) -> str:
    return _("Mức %(level)s: %(label)s") % {"level": level, "label": ServiceLevel(level).label}


def _read_number(text: str | None, allowed: Iterable[int]) -> int | None:
    return next((number for number in allowed if str(number) == text), None)

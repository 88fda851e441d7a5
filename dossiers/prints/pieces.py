"""Texts that many forms share: moments in words, place and date, contact, where to look a dossier up."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from dossiers.deadlines.explain import show_weekday
from dossiers.prints.text import print_line
from portal.core.clock import to_local
from portal.core.jsontypes import Json


def show_due(moment: datetime | None) -> str:
    """17 giờ 00, thứ Tư, ngày 02/12/2026."""
    if moment is None:
        return ""
    local = to_local(moment)
    return _("%(hour)s giờ %(minute)s, %(weekday)s, ngày %(day)s") % {
        "hour": f"{local:%H}",
        "minute": f"{local:%M}",
        "weekday": show_weekday(local.date()),
        "day": f"{local:%d/%m/%Y}",
    }


def show_time_and_day(moment: datetime | None) -> str:
    """10 giờ 19 phút, ngày 23/11/2026."""
    if moment is None:
        return ""
    local = to_local(moment)
    text = _("%(hour)s giờ %(minute)s phút, ngày %(day)s")
    return text % {"hour": f"{local:%H}", "minute": f"{local:%M}", "day": f"{local:%d/%m/%Y}"}


def show_moment(moment: datetime | None) -> str:
    """10:19 23/11/2026, for a narrow column."""
    return "" if moment is None else f"{to_local(moment):%H:%M %d/%m/%Y}"


def show_day(moment: datetime | None) -> str:
    """23/11/2026."""
    return "" if moment is None else f"{to_local(moment):%d/%m/%Y}"


LAST_MONTH_WITH_ZERO = 2


def show_day_in_words(moment: datetime) -> str:
    """ngày 09 tháng 3 năm 2026: a zero stands before days below 10 and the months 1 and 2 (Decree 30/2020, Annex I)."""
    local = to_local(moment)
    return _("ngày %(day)s tháng %(month)s năm %(year)s") % {
        "day": f"{local:%d}",
        "month": f"{local:%m}" if local.month <= LAST_MONTH_WITH_ZERO else local.month,
        "year": local.year,
    }


def head(form: Any) -> dict[str, Json]:
    """What stands at the head of every form: code, agencies, place and date."""
    place_and_date = f"{print_line(form.place)}, {show_day_in_words(form.issued_at)}"
    return {**lines(form, "code agency_name parent_agency_name"), "place_and_date": place_and_date}


def lines(form: Any, names: str) -> dict[str, Json]:
    """These texts of the form, each on one line, ready to print."""
    return {name: print_line(getattr(form, name)) for name in names.split()}


def lookup(url: str, phone: str) -> dict[str, Json]:
    """Where the dossier is looked up: the QR code, the address as it is typed, and the telephone."""
    parts = urlsplit(url)
    address = print_line(parts.netloc + parts.path.rstrip("/"))
    return {"qr_text": url, "lookup_address": address, "phone_of_agency": print_line(phone)}


def contact(phone: str, email: str) -> str:
    return ", ".join(filter(None, (print_line(phone), print_line(email))))


def count(number: int) -> str:
    return str(number) if number else "–"

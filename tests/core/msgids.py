"""What the templates and modules ask to have translated, and who meets it."""

import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("portal", "procedures", "dossiers", "payments", "reporting", "onestop")
_PLURAL, _WITH_CONTEXT = (1, 2), ((1, "c"), 2)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _WITH_CONTEXT,
    "pgettext_lazy": _WITH_CONTEXT,
}
STAFF = (
    "dossiers/api/",
    "dossiers/assessing.py",
    "dossiers/management/",
    "dossiers/printing/",
    "dossiers/prints/",
    "dossiers/proposals.py",
    "dossiers/register.py",
    "dossiers/replay/",
    "dossiers/services/prepared.py",
    "dossiers/takeover.py",
    "dossiers/two_people.py",
    "dossiers/waiving.py",
    "onestop/",
    "payments/contractforms.py",
    "payments/differences/",
    "payments/forms.py",
    "payments/gateways/contracts.py",
    "payments/gateways/vietqr/",
    "payments/gateways/vnpay/gateway.py",
    "payments/refunds/",
    "payments/services/accounts.py",
    "payments/services/assigning.py",
    "payments/services/clearing.py",
    "payments/services/closing.py",
    "payments/services/differing.py",
    "payments/services/line_steps.py",
    "payments/services/post.py",
    "payments/services/refund",
    "payments/services/settling.py",
    "payments/services/statements.py",
    "payments/services/tills.py",
    "payments/statements/",
    "payments/till/",
    "payments/views/accounts.py",
    "payments/views/books.py",
    "payments/views/desk.py",
    "payments/views/differences.py",
    "payments/views/post.py",
    "payments/views/refunds.py",
    "payments/views/statements.py",
    "payments/views/till.py",
    "payments/views/waiving.py",
    "payments/waiting.py",
    "portal/accounts/admin",
    "portal/accounts/mergers.py",
    "portal/accounts/models/agencies.py",
    "portal/accounts/models/calendars.py",
    "portal/accounts/noticepages/",
    "portal/accounts/services/agencies.py",
    "portal/accounts/services/identity.py",
    "portal/accounts/services/memberships.py",
    "portal/accounts/services/rights.py",
    "portal/audit/",
    "portal/core/api_words.py",
    "portal/core/json_parser.py",
    "portal/demo/",
    "portal/notifications/oversight.py",
    "portal/notifications/services/editing.py",
    "portal/notifications/textrules.py",
    "portal/notifications/whitelist.py",
    "procedures/blank_form.py",
    "procedures/building/",
    "procedures/comparing/",
    "procedures/content_",
    "procedures/editing",
    "procedures/fee_reader.py",
    "procedures/formschema/condition_parsing.py",
    "procedures/formschema/parsing.py",
    "procedures/formschema/party_parsing.py",
    "procedures/formschema/settings_parsing.py",
    "procedures/guide/checks.py",
    "procedures/guide/reader.py",
    "procedures/judging/",
    "procedures/knowledge/",
    "procedures/loading/",
    "procedures/national/",
    "procedures/reading.py",
    "procedures/sample_values.py",
    "procedures/services/",
    "procedures/templatetags/editing.py",
    "procedures/word_selectors.py",
    "templates/catalogue/",
    "templates/demo/",
    "templates/desk.html",
    "templates/notices/",
    "templates/onestop/",
    "templates/payments/accounts/",
    "templates/payments/books/",
    "templates/payments/collect.html",
    "templates/payments/differences/",
    "templates/payments/money_tabs.html",
    "templates/payments/refunds/",
    "templates/payments/statements/",
    "templates/payments/till/",
    "templates/payments/waiting.html",
    "templates/payments/waive",
)
"""Read by officers and administrators, by programs, or printed: always Vietnamese."""
CITIZENS = (
    "payments/refunds/notices.py",
    "payments/refunds/telling.py",
    "payments/statements/notices.py",
    "payments/statements/qr.py",
    "onestop/preparing/",
    "onestop/views/preparing.py",
    "templates/onestop/prepare",
)
"""What the public opens beside pages of the staff."""


Found = str | tuple[str, ...]


@dataclass(frozen=True)
class Msgid:
    """`plural` empty where there is none."""

    path: str
    context: str | None
    text: str
    plural: str = ""


def is_staff(path: str) -> bool:
    return path.startswith(STAFF) and not path.startswith(CITIZENS)


def list_msgids() -> list[Msgid]:
    """Of every module and template a citizen may meet."""
    return [msgid for path in _list_files() if not is_staff(path) for msgid in _read(path)]


def _list_files() -> Iterator[str]:
    modules = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    templates = [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt")]
    for path in sorted([*modules, *templates]):
        yield path.relative_to(ROOT).as_posix()


def _read(path: str) -> Iterator[Msgid]:
    source = (ROOT / path).read_text("utf-8")
    if path.startswith("templates/"):
        # what is left of the template's indentation would be no Python
        source = "\n".join(line.strip() for line in templatize(source).splitlines())
    for _line, found, _comments, context in _extract(path, source):
        text, plural = found[:2] if isinstance(found, tuple) else (found, "")
        yield Msgid(path, context, text, plural)


def _extract(path: str, source: str) -> list[tuple[int, Found, list[str], str | None]]:
    try:
        return list(extract("python", io.BytesIO(source.encode()), KEYWORDS, options={"encoding": "utf-8"}))
    except tokenize.TokenError as error:
        raise AssertionError(f"{path} cannot be read") from error

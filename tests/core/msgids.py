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
    "onestop/",
    "portal/accounts/admin",
    "portal/accounts/mergers.py",
    "portal/accounts/models/agencies.py",
    "portal/accounts/models/calendars.py",
    "portal/accounts/services/agencies.py",
    "portal/accounts/services/identity.py",
    "portal/accounts/services/memberships.py",
    "portal/accounts/services/rights.py",
    "portal/audit/",
    "portal/core/api_words.py",
    "portal/core/json_parser.py",
    "portal/demo/",
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
    "templates/onestop/",
    "templates/payments/collect.html",
)
"""Read by officers and administrators, by programs, or printed: always Vietnamese."""
CITIZENS = ("onestop/preparing/", "onestop/views/preparing.py", "templates/onestop/prepare")
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

"""Names of procedures for readers of English: from the documents, as the columns of lists are Vietnamese."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from uuid import UUID

from portal.core import clock
from portal.core.reading import reads_english
from procedures.facts import describe_limits, describe_prices
from procedures.finding import Entry
from procedures.models import Procedure
from procedures.revision import catalogue_token
from procedures.selectors import get_content


def name_of(procedure: Procedure) -> str:
    """The name in the reader's language. For English one query the first time, none after."""
    if not reads_english() or procedure.current_id is None:
        return procedure.name
    return str(get_content(procedure.current_id).name)


def in_readers_language(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Lines of a list. For English one query an entry the first time, none after: only for those shown."""
    return tuple(_translate(entry) if reads_english() else entry for entry in entries)


def name_fields(fields: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """(key, name) pairs of the fields in the reader's language. For English two queries at most."""
    known = _english_fields(catalogue_token()) if reads_english() else {}
    return tuple((key, known.get(key) or name) for key, name in fields)


def _translate(entry: Entry) -> Entry:
    if entry.version_id is None:
        return entry
    content = get_content(entry.version_id)
    return replace(
        entry,
        name=str(content.name),
        everyday_name=str(content.everyday_name),
        summary=str(content.summary),
        field=str(content.field),
        limit_text=describe_limits(content),
        fee_text=describe_prices(content, clock.today()),
        agency_text=str(content.agencies.performing),
    )


@lru_cache(maxsize=2)
def _english_fields(_token: UUID) -> dict[str, str]:
    return dict(Procedure.objects.values_list("field_key", "current__content__field__en"))

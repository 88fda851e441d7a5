"""Searches that found nothing, counted by day for those who keep the words. Nothing of who searched."""

import re
import unicodedata

from django.db import DatabaseError, connection, transaction

from portal.core import clock
from procedures.models import EmptySearch

_LONGEST = EmptySearch._meta.get_field("words").max_length or 80
MOST_A_DAY = 2000
_SHORTEST = 2
_E_MAIL = re.compile(r"\S*@\S*")
_ADDRESS = re.compile(r"\S*(?:https?:|www\.)\S*", re.IGNORECASE)
# A number somebody wrote in pieces is still a number: 0912 345 678, 001-090-000123.
_NUMBER = re.compile(r"\+?\d(?:[ .\-]?\d){3,}")
_NOT_PLAIN = re.compile(r"[^\w ….\-/]")
_MASK = "…"
# One row a day for the words; new words only while the day has room.
_COUNT = f"""
    INSERT INTO "{EmptySearch._meta.db_table}" AS row (words, day, count)
    SELECT %(words)s, %(day)s, 1
    WHERE (SELECT count(*) FROM "{EmptySearch._meta.db_table}" WHERE day = %(day)s) < %(most)s
       OR EXISTS (SELECT 1 FROM "{EmptySearch._meta.db_table}" WHERE words = %(words)s AND day = %(day)s)
    ON CONFLICT (words, day) DO UPDATE SET count = row.count + 1
"""  # noqa: S608


def record_empty_search(query: str) -> None:
    """Counts the words, masked, under today. One statement; what fails here harms no answer."""
    words = mask_words(query)
    if len(words) < _SHORTEST:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_COUNT, {"words": words, "day": clock.today(), "most": MOST_A_DAY})
    except DatabaseError:
        return


def mask_words(query: str) -> str:
    """The words on one line in lower case, e-mails, addresses of pages and long numbers as "…", 80 letters at most."""
    text = unicodedata.normalize("NFC", query).lower()
    for pattern in (_E_MAIL, _ADDRESS, _NUMBER):
        text = pattern.sub(_MASK, text)
    text = _NOT_PLAIN.sub(" ", text)
    return " ".join(text.split())[:_LONGEST].strip()

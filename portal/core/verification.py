"""Checking a printed document by the short code on it: which kinds there are, and what a code is made of.

A code is a letter for the kind, the number by which the kind finds the document, and 40 bits of an HMAC over its
identity, all in Crockford base 32. Guessing one takes 2^39 tries on average, and tries are throttled; a code cannot
be made up from what stands on other papers. Any app registers its kind while it loads.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from portal.core.ids import crockford32
from portal.core.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MAC_LETTERS = 8
MOST_LETTERS = 24
GROUP = 4


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """What the checker of a paper may read. `warning`: the document no longer holds as printed, in a sentence."""

    title: str
    facts: tuple[tuple[str, str], ...]
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that a number may mean. `identity` is what its code signs; `show` is asked only for the right one."""

    identity: str
    show: Callable[[], CheckedDocument]


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document. `letter` begins its codes; `find` answers every document a number may mean."""

    letter: str
    label: "StrOrPromise"
    find: Callable[[int], Iterable[Candidate]]


document_kinds: Registry[DocumentKind] = Registry("kinds of documents that can be checked")


def build_code(letter: str, number: int, identity: str) -> str:
    """The code printed on a document, in groups of four: "B123-4567-89AB-CD"."""
    return group(f"{letter}{_encode(number)}{_sign(letter, identity)}")


def check_code(typed: str) -> CheckedDocument | None:
    """The document of a code as typed or scanned, None for any other text. A wrong code and no document are alike."""
    code = clean_code(typed)
    letter, body, mac = code[:1], code[1:-MAC_LETTERS], code[-MAC_LETTERS:]
    if letter not in document_kinds or not body or len(code) > MOST_LETTERS or not set(body) <= set(ALPHABET):
        return None
    for candidate in document_kinds.get(letter).find(_decode(body)):
        if hmac.compare_digest(_sign(letter, candidate.identity).encode(), mac.encode()):
            return candidate.show()
    return None


def clean_code(typed: str) -> str:
    """As Crockford reads it: no blanks or dashes, O is 0, I and L are 1."""
    kept = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    return kept.translate(str.maketrans("OIL", "011"))


def group(code: str) -> str:
    """In groups of four, as it is printed."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def _sign(letter: str, identity: str) -> str:
    message = f"document:{letter}:{identity}".encode()
    return crockford32(hmac.new(settings.TRACKING_KEY, message, hashlib.sha256).digest(), MAC_LETTERS)


def _encode(number: int) -> str:
    if number < 0:
        raise ValueError("documents are numbered from 0")
    letters = ""
    while True:
        number, rest = divmod(number, len(ALPHABET))
        letters = ALPHABET[rest] + letters
        if not number:
            return letters


def _decode(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    return number

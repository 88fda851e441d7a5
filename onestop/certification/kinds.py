"""The kinds of certification that are quick: which procedure, which book, who must be named."""

from collections.abc import Iterator
from dataclasses import dataclass

from onestop.certification.shape import Shape, find_shape
from onestop.choices import CertificationKind
from portal.accounts import selectors as accounts
from portal.accounts.actor import Actor
from portal.core.errors import NotFound
from procedures.choices import Channel
from procedures.content import Content
from procedures.selectors import current_version, get_content, performs


@dataclass(frozen=True)
class Kind:
    """`needs_person`: the book holds who signed and by which paper (Decree 23/2015/NĐ-CP)."""

    kind: CertificationKind
    code: str
    needs_person: bool = False


KINDS = (
    Kind(CertificationKind.COPIES, "2.000815"),
    Kind(CertificationKind.SIGNATURES, "2.000884", needs_person=True),
)


@dataclass(frozen=True)
class Offer:
    """A kind that an agency certifies today, with the document in force."""

    kind: Kind
    content: Content
    shape: Shape

    @property
    def key(self) -> str:
        return self.kind.kind.value


def list_offers(actor: Actor) -> list[Offer]:
    """What the desk of this officer certifies on the quick screen, by the flags of the catalogue."""
    agency = accounts.find_agency(actor.scope_agency_id)
    if agency is None:
        return []
    return [offer for offer in _read_offers() if performs(agency, offer.content)]


def _read_offers() -> Iterator[Offer]:
    for kind in KINDS:
        try:
            version = current_version(kind.code)
        except NotFound:
            continue
        content = get_content(version.pk)
        shape = find_shape(content)
        if shape is not None and not version.procedure.is_closed and is_quick(content):
            yield Offer(kind, content, shape)


def is_quick(content: Content) -> bool:
    """May a desk receive, decide and return it in one go?"""
    return (
        content.quick
        and content.same_day
        and content.authorised_desk
        and Channel.DESK.value in content.channels
    )

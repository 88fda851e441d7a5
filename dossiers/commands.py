"""What is asked of a dossier: one frozen dataclass per action of the state table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from dossiers.choices import Medium, Outcome
from dossiers.workflow import Action
from portal.core.jsontypes import Json
from procedures.fees import AssessedFee
from procedures.formschema.parties import PartyDraft


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One file of a filing: which paper it is, which file, and its SHA-256 in hexadecimal."""

    attachment_id: UUID
    requirement: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PreparedFiling:
    """Everything of a filing worked out and checked before the transaction begins."""

    answers: Mapping[str, Json]
    manifest: tuple[ManifestEntry, ...]
    parties: tuple[PartyDraft, ...]
    fees: tuple[AssessedFee, ...]
    sha256: bytes


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper laid on the desk. `shown` papers are looked at and handed straight back."""

    requirement: str
    originals: int = 0
    copies: int = 0
    shown: bool = False
    borrowed: bool = False


@dataclass(frozen=True, slots=True)
class SupplementItem:
    """One thing that is missing: a paper (`requirement`) or an answer (`field`), and why."""

    reason: str
    requirement: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class ResultDraft:
    """A document that a decision yields; an electronic one names its uploaded file."""

    kind: str
    copies: int = 1
    medium: Medium = Medium.PAPER
    file_id: UUID | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A document made anew after a faulty one (`item`) was handed over, and why."""

    item_id: int
    reason: str
    copies: int = 1
    medium: Medium = Medium.PAPER
    file_id: UUID | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class HandBack:
    """Papers given back, corrected documents handed over, and to whom, if not the owner.

    `papers` None means everything borrowed; `results` None every corrected document that still lies here.
    """

    papers: tuple[int, ...] | None = None
    results: tuple[int, ...] | None = None
    receiver: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed the decision on paper, its number and its day."""

    name: str
    on: date
    number: str = ""


class Command:
    """Base of all commands; `action` is the row of the table it asks for."""

    action: ClassVar[Action]


@dataclass(frozen=True, slots=True)
class Submit(Command):
    action: ClassVar[Action] = Action.SUBMIT
    filing: PreparedFiling


@dataclass(frozen=True, slots=True)
class Receive(Command):
    action: ClassVar[Action] = Action.RECEIVE
    filing: PreparedFiling
    papers: tuple[PaperLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Accept(Command):
    action: ClassVar[Action] = Action.ACCEPT


@dataclass(frozen=True, slots=True)
class Decline(Command):
    action: ClassVar[Action] = Action.DECLINE
    reason: str


@dataclass(frozen=True, slots=True)
class Redirect(Command):
    action: ClassVar[Action] = Action.REDIRECT
    agency_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class RequestSupplement(Command):
    action: ClassVar[Action] = Action.REQUEST_SUPPLEMENT
    items: tuple[SupplementItem, ...]
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class Supplement(Command):
    action: ClassVar[Action] = Action.SUPPLEMENT
    filing: PreparedFiling
    papers: tuple[PaperLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Start(Command):
    action: ClassVar[Action] = Action.START
    assignee_id: int | None = None


@dataclass(frozen=True, slots=True)
class Resolve(Command):
    action: ClassVar[Action] = Action.RESOLVE
    outcome: Outcome
    signed: Signature
    reason: str = ""
    results: tuple[ResultDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestPayment(Command):
    action: ClassVar[Action] = Action.REQUEST_PAYMENT
    fee_id: UUID


@dataclass(frozen=True, slots=True)
class Settle(Command):
    action: ClassVar[Action] = Action.SETTLE


@dataclass(frozen=True, slots=True)
class Expire(Command):
    action: ClassVar[Action] = Action.EXPIRE


@dataclass(frozen=True, slots=True)
class Withdraw(Command):
    action: ClassVar[Action] = Action.WITHDRAW
    reason: str
    on_paper: bool = False


@dataclass(frozen=True, slots=True)
class Stop(Command):
    action: ClassVar[Action] = Action.STOP
    reason: str


@dataclass(frozen=True, slots=True)
class Recall(Command):
    action: ClassVar[Action] = Action.RECALL
    reason: str


@dataclass(frozen=True, slots=True)
class ReturnResult(Command):
    """`proxy`: who fetches it for the owner; `authorisation`: the paper that lets them."""

    action: ClassVar[Action] = Action.RETURN_RESULT
    identity_checked: bool = False
    proxy: str = ""
    authorisation: str = ""


@dataclass(frozen=True, slots=True)
class FilingRequest:
    """What a citizen or a desk officer hands in through any door, before it is checked.

    `parties` are only read from the desk: the submitter (and, without an e-form, the owner) as the officer
    typed them. `uploads` pairs a requirement with the id of an uploaded file.
    """

    procedure_code: str
    case_key: str
    agency_code: str
    answers: Mapping[str, Json]
    uploads: tuple[tuple[str, UUID], ...] = ()
    parties: tuple[PartyDraft, ...] = ()
    papers: tuple[PaperLine, ...] = ()
    channel: str = "online"

"""What each printed form says, as plain values; the texts are as people wrote them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PaperLine:
    """One paper handed in: how many originals, certified copies, plain copies.

    `note` stands instead of the numbers ("Tra cơ sở dữ liệu", "Chỉ xuất trình").
    """

    name: str
    original: int = 0
    certified: int = 0
    photo_or_copies: int = 0
    note: str = ""


@dataclass(frozen=True)
class ReceiptData:
    """Mẫu 01. Moments are aware. `lookup_url` is what the QR opens, `secret` what is typed instead.
    `book_number` is its number in the register (forms of 2018).

    An empty text leaves its line out. `due_text` stands under the due moment, or in its
    place where there is none.
    """

    code: str
    place: str
    issued_at: datetime
    agency_name: str
    parent_agency_name: str
    submitter_name: str
    submitter_address: str
    phone: str
    email: str
    identity_text: str
    procedure_name: str
    owner_name: str
    owner_address: str
    papers: tuple[PaperLine, ...]
    sets: int
    limit_text: str
    received_at: datetime
    due_at: datetime | None
    due_text: str
    lookup_url: str
    secret: str
    return_place: str
    channel_text: str
    officer_name: str
    fee_text: str = ""
    agency_phone: str = ""
    book_number: str = ""


@dataclass(frozen=True)
class FilingNoticeData:
    """Thông báo đã nộp hồ sơ trực tuyến: the code and until when the desk checks; no due date."""

    code: str
    place: str
    issued_at: datetime
    agency_name: str
    parent_agency_name: str
    submitter_name: str
    procedure_name: str
    owner_name: str
    papers: tuple[PaperLine, ...]
    submitted_at: datetime
    check_by: datetime | None
    lookup_url: str
    secret: str
    agency_phone: str = ""


@dataclass(frozen=True)
class MissingItem:
    """One thing to add or mend, and why."""

    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class OwnerLetter:
    """What letters to the owner share: which dossier, from whom, to which owner."""

    code: str
    place: str
    issued_at: datetime
    agency_name: str
    parent_agency_name: str
    owner_name: str
    owner_address: str
    phone: str
    email: str
    procedure_name: str


@dataclass(frozen=True, kw_only=True)
class SupplementRequestData(OwnerLetter):
    """Mẫu 02. `answer_by` is the last moment before the dossier ends unanswered."""

    items: tuple[MissingItem, ...]
    answer_by: datetime | None
    lookup_url: str
    secret: str
    officer_name: str
    officer_phone: str
    legal_basis: str = ""


@dataclass(frozen=True, kw_only=True)
class DeclineData(OwnerLetter):
    """Mẫu 03. `signer_title` as it stands over the name (GIÁM ĐỐC, KT. CHỦ TỊCH …)."""

    reason: str
    officer_name: str
    officer_phone: str
    signer_title: str
    signer_name: str
    website: str = ""


@dataclass(frozen=True, kw_only=True)
class ApologyData(OwnerLetter):
    """Mẫu 04: late, why, and until when instead. The head of the handling agency signs."""

    received_at: datetime
    old_due_at: datetime
    new_due_at: datetime
    reason: str
    return_place: str
    lookup_url: str
    secret: str
    officer_phone: str
    signer_title: str
    signer_name: str


@dataclass(frozen=True, kw_only=True)
class StopNoticeData(OwnerLetter):
    """Thông báo dừng giải quyết. `ground` says on what it rests; `papers` are given back at `return_place`."""

    received_at: datetime
    ground: str
    reason: str
    papers: tuple[PaperLine, ...]
    return_place: str
    refund_text: str
    signer_title: str
    signer_name: str


@dataclass(frozen=True, kw_only=True)
class WithdrawalNoticeData(OwnerLetter):
    """Thông báo đã rút hồ sơ, before receipt. `officer_name` is empty where the owner withdrew online."""

    reason: str
    papers: tuple[PaperLine, ...]
    return_place: str
    refund_text: str
    officer_name: str

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
    """What Mẫu 02 and 03 share: which dossier, from whom, to which owner."""

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

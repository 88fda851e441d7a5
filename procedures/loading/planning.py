"""What each record of a load would do, decided from what is known here. Pure; the reader of the shape is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.choices import Source
from procedures.content import Content
from procedures.documents import document_sha256
from procedures.editing_choices import ImportOutcome
from procedures.loading.entries import Entry

Document = dict[str, Any]
KEPT_HERE, CLOSED_HERE, REPEATED, OTHER_SCOPE, REFUSED = (
    "kept_here", "closed_here", "duplicate", "other_scope", "refused",
)  # fmt: skip
SENTENCES = {
    KEPT_HERE: gettext_lazy("Bản đang áp dụng do tỉnh biên soạn, nên bản nhập chỉ lưu thành bản nháp."),
    CLOSED_HERE: gettext_lazy("Thủ tục này đã bãi bỏ ở đây, nên không nhập."),
    REPEATED: gettext_lazy("Mã này đã có ở phần trước của tệp, nên bỏ qua."),
    OTHER_SCOPE: gettext_lazy("Thủ tục riêng của một tỉnh, không thuộc phạm vi đã chọn."),
}


@dataclass(frozen=True)
class Closing:
    """The first day without the procedure, and the code of what replaces it ("" for nothing)."""

    on: date
    successor: str


@dataclass(frozen=True)
class Known:
    """What stands here under a code: its newest version, and whether it is closed."""

    sha256: str
    source: str
    closed_on: date | None = None
    successor: str = ""
    is_closed: bool = False

    def is_closed_as(self, closing: Closing | None) -> bool:
        if closing is None:
            return True  # a file without a closing says nothing about it
        return self.is_closed and (self.closed_on, self.successor) == (closing.on, closing.successor)


@dataclass(frozen=True)
class Record:
    """A record read: what would be published, or why it is refused."""

    code: str
    name: str
    document: Document | None = None
    content: Content | None = None
    closing: Closing | None = None
    scope: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """`why`: the short word of a skip; `reasons`: sentences, of the skip or of what could not be mapped.

    `says_the_same`: the document stands here already, only its closing is new.
    """

    number: int
    record: Record
    outcome: ImportOutcome
    why: str = ""
    reasons: tuple[str, ...] = ()
    sha256: str = ""
    says_the_same: bool = False

    @property
    def code(self) -> str:
        return self.record.code

    @property
    def does_something(self) -> bool:
        return self.outcome in (ImportOutcome.CREATED, ImportOutcome.UPDATED, ImportOutcome.CONFLICT)


@dataclass
class Planner:
    """Plans entries in order; the first good record of a code wins.

    `own_sources`: what is never overwritten; `keeps_closed`: a closed code stays untouched; `scope`: only records
    of this scope, "" for all.
    """

    read: Callable[[Entry], Record]
    known: Mapping[str, Known]
    own_sources: tuple[str, ...] = (Source.OWN, Source.SYSTEM)
    keeps_closed: bool = True
    scope: str = ""
    seen: set[str] = field(default_factory=set)

    def plan(self, entry: Entry) -> Plan:
        if entry.fault:
            record = Record(code=entry.label, name="", reasons=(entry.fault,))
            return Plan(entry.number, record, ImportOutcome.SKIPPED, REFUSED, record.reasons)
        record = self.read(entry)
        if record.document is None:
            return Plan(entry.number, record, ImportOutcome.SKIPPED, REFUSED, record.reasons)
        if self.scope and record.scope != self.scope:
            return self._skip(entry, record, OTHER_SCOPE)
        if record.code in self.seen:
            return self._skip(entry, record, REPEATED)
        self.seen.add(record.code)
        return self.decide(entry.number, record, self.known.get(record.code))

    def decide(self, number: int, record: Record, known: Known | None) -> Plan:
        """Also asked again at the moment of writing, with what is known then."""
        sha256 = document_sha256(record.document or {})
        outcome, why = self._decide(record, sha256, known)
        reasons = record.reasons
        if why:
            reasons = (str(SENTENCES[why]), *reasons)
        return Plan(
            number, record, outcome, why, reasons, sha256, known is not None and known.sha256 == sha256
        )

    def _decide(self, record: Record, sha256: str, known: Known | None) -> tuple[ImportOutcome, str]:
        if known is None:
            return ImportOutcome.CREATED, ""
        is_ours = known.source in self.own_sources
        if known.sha256 == sha256 and (is_ours or known.is_closed_as(record.closing)):
            return ImportOutcome.UNCHANGED, ""
        if is_ours:
            return ImportOutcome.CONFLICT, KEPT_HERE
        if known.is_closed and self.keeps_closed:
            return ImportOutcome.SKIPPED, CLOSED_HERE
        return ImportOutcome.UPDATED, ""

    @staticmethod
    def _skip(entry: Entry, record: Record, why: str) -> Plan:
        return Plan(entry.number, record, ImportOutcome.SKIPPED, why, (str(SENTENCES[why]),))


def unreadable(entry: Entry) -> Record:
    """A value that is no record at all."""
    return Record(code=entry.label, name="", reasons=(_("Phần này không phải một thủ tục."),))

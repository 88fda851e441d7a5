"""What one document says of one past dossier. Pure; uses the rules that filing uses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dossiers.choices import PartyRole
from dossiers.deadlines import CalendarUnknown, Limit, compute_due
from dossiers.preparing import Handed, prepare
from dossiers.replay.past import Past
from dossiers.requirements import missing_papers
from portal.accounts.workcalendar import WorkCalendar
from portal.core.errors import RuleViolation
from procedures.content import Content
from procedures.fees import AssessedFee
from procedures.formschema.parties import PartyDraft

_SOMEBODY = PartyDraft(role=PartyRole.SUBMITTER, kind="person", name="…")
Dues = dict[tuple[str, Limit, str], datetime | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`refusals`: why it could not be filed, in words without any answer; empty when it could.

    `fee` in đồng, None when unknown or refused; `due_at` None where nobody can say; `is_routed`: the agency that
    took it performs the procedure.
    """

    refusals: tuple[str, ...]
    fee: int | None
    fee_lines: tuple[tuple[str, int | None], ...]
    due_at: datetime | None
    is_routed: bool

    @property
    def is_taken(self) -> bool:
        return not self.refusals and self.is_routed


def judge(
    content: Content, past: Past, *, calendar: WorkCalendar, is_routed: bool, dues: Dues | None = None
) -> Verdict:
    """Form checks, papers, fees and deadline of a document for a past dossier, on the day it was filed.

    `dues` keeps what was counted: mostly both documents promise the same.
    """
    handed = Handed(past.case_key, past.channel, past.answers, past.manifest, (_SOMEBODY,))
    due_at = _due(content, past, calendar, {} if dues is None else dues)
    try:
        filing = prepare(content, handed, on=past.filed_on)
    except RuleViolation as error:
        return Verdict(_say(content, error.errors), None, (), due_at, is_routed)
    missing = missing_papers(content, past.case_key, filing.answers, past.papers)
    refusals = tuple(_("Giấy tờ chưa có: %(name)s") % {"name": item.name} for item in missing)
    return Verdict(refusals, _total(filing.fees), _lines(filing.fees), due_at, is_routed)


def _total(fees: Sequence[AssessedFee]) -> int | None:
    """What the dossier owes in all; None as soon as one sum is unknown."""
    amounts = [fee.amount for fee in fees]
    return None if None in amounts else sum(amount or 0 for amount in amounts)


def _lines(fees: Sequence[AssessedFee]) -> tuple[tuple[str, int | None], ...]:
    return tuple((line.label, line.amount) for fee in fees for line in fee.lines)


def _due(content: Content, past: Past, calendar: WorkCalendar, dues: Dues) -> datetime | None:
    found = content.limit_for(past.case_key or None, past.channel)
    if found is None:
        return None
    limit, policy = Limit(found.value, found.unit), content.supplement.policy
    key = (past.code, limit, policy)
    if key not in dues:
        dues[key] = _count(limit, policy, past, calendar)
    return dues[key]


def _count(limit: Limit, policy: str, past: Past, calendar: WorkCalendar) -> datetime | None:
    try:
        return compute_due(
            past.counted_from, limit, calendar=calendar, policy=policy, pauses=past.pauses
        ).due_at
    except CalendarUnknown:
        return None


def _say(content: Content, errors: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Which questions stand in the way. Never the sentence of the error: it may repeat what somebody typed."""
    return tuple(dict.fromkeys(_name_path(content, path) for path in errors)) or (
        _("Không đủ điều kiện nộp"),
    )


def _name_path(content: Content, path: str) -> str:
    key, *rest = path.split(".")
    if key == "case":
        return _("Trường hợp của hồ sơ không còn trong thủ tục")
    question = content.form.by_key.get(key) if content.form else None
    if question is None:
        return _("Người nộp hoặc phần khác của tờ khai")
    column = next((each for each in question.fields if rest and each.key == rest[-1]), None)
    words = _("Câu “%(group)s: %(label)s”") if column else _("Câu “%(label)s”")
    return words % {"group": question.label, "label": (column or question).label}

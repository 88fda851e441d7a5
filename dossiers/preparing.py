"""Working a filing out before its transaction begins: answers checked, parties built, fees assessed, hashed."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from dossiers import chain
from dossiers.choices import Channel, PartyRole
from dossiers.commands import ManifestEntry, PreparedFiling
from portal.core.errors import RuleViolation
from portal.core.jsontypes import Json
from procedures.content import Content
from procedures.fees import AssessedFee, add_english
from procedures.formschema.answers import clean_answers
from procedures.formschema.parties import PartyDraft, build_parties


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed in: case, channel, answers, files, and the parties typed beside the form."""

    case_key: str
    channel: str
    answers: Mapping[str, Json]
    manifest: tuple[ManifestEntry, ...]
    parties: tuple[PartyDraft, ...]


def prepare(content: Content, handed: Handed, *, on: date, filed_on: date | None = None) -> PreparedFiling:
    """Check and complete a filing. Pure. Raises RuleViolation `incomplete` with errors by field.

    Answers to hidden questions are dropped. `handed.parties` come before those of the form; a dossier without
    an owner belongs to its submitter. `filed_on`: the day of the first filing, whose fees a supplement still owes.
    """
    _check_case(content, handed.case_key)
    answers = _clean(content, handed, on)
    parties = _parties(content, handed, answers)
    fees = _assess(content, handed, answers, filed_on or on)
    manifest = tuple(sorted(handed.manifest, key=lambda entry: str(entry.attachment_id)))
    return PreparedFiling(answers, manifest, parties, fees, filing_digest(answers, manifest))


def _assess(
    content: Content, handed: Handed, answers: Mapping[str, Json], on: date
) -> tuple[AssessedFee, ...]:
    """In Vietnamese, as the lines are kept and printed, with the English words of each line beside them."""
    said: dict[str, tuple[AssessedFee, ...]] = {}
    for language in ("vi", "en"):
        with translation.override(language):
            said[language] = content.assess(
                case=handed.case_key or None, channel=handed.channel, answers=answers, on=on
            )
    return tuple(add_english(fee, english) for fee, english in zip(said["vi"], said["en"], strict=True))


def filing_digest(answers: Mapping[str, Json], manifest: Iterable[ManifestEntry]) -> bytes:
    """SHA-256 over the canonical JSON of answers and manifest; what `Filing.sha256` holds."""
    entries: list[Json] = [{key: str(value) for key, value in asdict(entry).items()} for entry in manifest]
    return hashlib.sha256(chain.canonical({"answers": dict(answers), "manifest": entries})).digest()


def _check_case(content: Content, case_key: str) -> None:
    known = {case.key for case in content.cases}
    if known and case_key not in known:
        message = _("Hãy chọn trường hợp của bạn.")
        raise RuleViolation("incomplete", message, errors={"case": [message]})
    if not known and case_key:
        message = _("Thủ tục này không chia trường hợp.")
        raise RuleViolation("incomplete", message, errors={"case": [message]})


def _clean(content: Content, handed: Handed, on: date) -> Mapping[str, Json]:
    if content.form is None:
        return {}
    files = {entry.requirement for entry in handed.manifest} if handed.channel == Channel.ONLINE else None
    cleaned = clean_answers(content.form, handed.answers, case=handed.case_key, on=on, files=files)
    if cleaned.errors:
        raise RuleViolation("incomplete", _("Tờ khai còn chỗ thiếu hoặc chưa đúng."), errors=cleaned.errors)
    return cleaned.answers


def _parties(content: Content, handed: Handed, answers: Mapping[str, Json]) -> tuple[PartyDraft, ...]:
    built = build_parties(content.form, answers, case=handed.case_key) if content.form else []
    parties = (*handed.parties, *built)
    if not any(party.role == PartyRole.SUBMITTER for party in parties):
        message = _("Hãy ghi họ tên người nộp.")
        raise RuleViolation("incomplete", message, errors={"parties": [message]})
    return parties

"""What one event of a dossier's history says below its title, in plain words.

What names a person, or was typed by the citizen, is kept from the public page (code and secret).
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from dossiers.choices import ConfirmationAnswer, Outcome
from dossiers.notices import item_line
from portal.core.jsontypes import Json
from portal.core.money import format_vnd
from portal.core.templatetags.formats import vn_deadline
from procedures.content import Content
from procedures.facts import count_papers

Payload = Mapping[str, Json]
Words = Callable[[Payload, Content], Iterator[str]]

PUBLIC, STAFF = "public", "staff"
_OWN_WORDS = frozenset({"withdraw", "request_withdrawal"})


def describe_event(kind: str, payload: Payload, content: Content, audience: str) -> str:
    """Lines for `audience` ("public", "owner" or "staff"), "" where the title says it all."""
    if audience == PUBLIC and kind in _OWN_WORDS:
        return ""
    parts = [*_shared(payload, content), *_say(_OPEN, kind, payload, content)]
    if audience != PUBLIC:
        parts += _say(_PRIVATE, kind, payload, content)
    if audience == STAFF:
        parts += _say(_INSIDE, kind, payload, content)
    return "\n".join(parts)


def _say(table: Mapping[str, Words], kind: str, payload: Payload, content: Content) -> list[str]:
    words = table.get(kind)
    return list(words(payload, content)) if words else []


def _shared(payload: Payload, content: Content) -> Iterator[str]:
    """What reads alike in every kind: a reason, items that are missing, an amount."""
    if reason := _text(payload, "reason"):
        yield reason
    items = payload.get("items")
    if isinstance(items, list):
        yield from (item_line(item, content) for item in items if isinstance(item, dict))
    amount = payload.get("amount")
    if isinstance(amount, int):
        yield format_vnd(amount)


def _agreed_by_filing(payload: Payload, content: Content) -> Iterator[str]:
    if payload.get("agreed_by_filing"):
        yield _("Người nộp là chủ hồ sơ: nộp bằng tài khoản của mình là đã đồng ý")


def _accept(payload: Payload, content: Content) -> Iterator[str]:
    if due := _moment(payload, "due_at"):
        yield _("Hẹn trả: %(due)s") % {"due": due}


def _reschedule(payload: Payload, content: Content) -> Iterator[str]:
    if old := _moment(payload, "from"):
        yield _("Hẹn cũ: %(due)s") % {"due": old}
    if new := _moment(payload, "to"):
        yield _("Hẹn lại: %(due)s") % {"due": new}


def _late_apology(payload: Payload, content: Content) -> Iterator[str]:
    if payload.get("late"):
        yield _("Xin lỗi muộn: phải báo trước hạn cũ một ngày làm việc.")


def _redirect(payload: Payload, content: Content) -> Iterator[str]:
    if agency := _text(payload, "from_agency"):
        yield _("Nơi chuyển: %(agency)s") % {"agency": agency}
    if agency := _text(payload, "agency"):
        yield _("Nơi nhận mới: %(agency)s") % {"agency": agency}


def _ask_confirmation(payload: Payload, content: Content) -> Iterator[str]:
    if until := _moment(payload, "until"):
        yield _("Trả lời trước: %(until)s") % {"until": until}


def _answer_confirmation(payload: Payload, content: Content) -> Iterator[str]:
    answer = _text(payload, "answer")
    if answer in ConfirmationAnswer.values:
        yield str(ConfirmationAnswer(answer).label)


def _expiry(payload: Payload, content: Content) -> Iterator[str]:
    if until := _moment(payload, "answer_by"):
        yield _("Hạn trả lời: %(until)s") % {"until": until}


def _assess_fee(payload: Payload, content: Content) -> Iterator[str]:
    if basis := _text(payload, "basis"):
        yield _("Căn cứ: %(basis)s") % {"basis": basis}


def _pay_fee(payload: Payload, content: Content) -> Iterator[str]:
    if number := _text(payload, "treasury"):
        yield _("Nộp tại kho bạc, số chứng từ %(number)s") % {"number": number}


def _waiver(payload: Payload, content: Content) -> Iterator[str]:
    """Why somebody is let off says much about a person: for staff."""
    if why := _text(payload, "why"):
        yield why
    if paper := _text(payload, "paper"):
        yield _("Giấy tờ đã xem: %(paper)s") % {"paper": paper}


def _correct_result(payload: Payload, content: Content) -> Iterator[str]:
    name = _result_name(_text(payload, "result"), content)
    number = _text(payload, "number")
    yield _("%(name)s, số mới %(number)s") % {"name": name, "number": number} if number else name


def _resolve(payload: Payload, content: Content) -> Iterator[str]:
    outcome = _text(payload, "outcome")
    if outcome in Outcome.values:
        yield str(Outcome(outcome).label)


def _return_result(payload: Payload, content: Content) -> Iterator[str]:
    if proxy := _text(payload, "proxy"):
        yield _("Người nhận thay: %(name)s") % {"name": proxy}
    if paper := _text(payload, "authorisation"):
        yield _("Giấy ủy quyền: %(paper)s") % {"paper": paper}


def _return_papers(payload: Payload, content: Content) -> Iterator[str]:
    for paper in _rows(payload, "papers"):
        yield _paper_words(paper, content)
    for result in _rows(payload, "results"):
        yield _result_name(str(result.get("kind") or ""), content)
    if receiver := _text(payload, "receiver"):
        yield _("Người nhận: %(name)s") % {"name": receiver}


def _citizens_text(payload: Payload, content: Content) -> Iterator[str]:
    if text := _text(payload, "text"):
        yield text


def _on_paper(payload: Payload, content: Content) -> Iterator[str]:
    if payload.get("on_paper"):
        yield _("Có đơn rút hồ sơ bằng giấy")


def _step(payload: Payload, content: Content) -> Iterator[str]:
    key = _text(payload, "step")
    plan = next((plan for plan in content.steps if plan.key == key), None)
    if plan is not None:
        yield _("Bước: %(name)s") % {"name": plan.name}
    if note := _text(payload, "note"):
        yield note


_OPEN: Mapping[str, Words] = {
    "accept": _accept,
    "reschedule": _reschedule,
    "redirect": _redirect,
    "ask_confirmation": _ask_confirmation,
    "answer_confirmation": _answer_confirmation,
    "expiry_warning": _expiry,
    "expire": _expiry,
    "assess_fee": _assess_fee,
    "correct_result": _correct_result,
}
"""Anybody with code and secret may read it."""

_PRIVATE: Mapping[str, Words] = {
    "submit": _agreed_by_filing,
    "supplement": _agreed_by_filing,
    "answer_confirmation": _citizens_text,
    "pay_fee": _pay_fee,
    "propose_waiver": _assess_fee,
    "waive_fee": _assess_fee,
    "resolve": _resolve,
    "return_result": _return_result,
    "return_papers": _return_papers,
}
"""For the owner and for staff."""

_INSIDE: Mapping[str, Words] = {
    "reschedule": _late_apology,
    "withdraw": _on_paper,
    "start": _step,
    "transfer": _step,
    "propose_supplement": _assess_fee,
    "propose_waiver": _waiver,
    "waive_fee": _waiver,
    "reject_waiver": _waiver,
}
"""For staff only."""


def _text(payload: Payload, name: str) -> str:
    value = payload.get(name)
    return value if isinstance(value, str) else ""


def _moment(payload: Payload, name: str) -> str:
    text = _text(payload, name)
    return vn_deadline(datetime.fromisoformat(text)) if text else ""


def _rows(payload: Payload, name: str) -> list[dict[str, Json]]:
    found = payload.get(name)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _paper_words(paper: Mapping[str, Json], content: Content) -> str:
    requirement = content.requirement(str(paper.get("requirement") or ""))
    originals, copies = paper.get("originals"), paper.get("copies")
    said = count_papers(*(count if isinstance(count, int) else 0 for count in (originals, copies)))
    name = str(requirement.name) if requirement else ""
    return f"{name}: {said}" if said else name


def _result_name(key: str, content: Content) -> str:
    return next((str(kind.name) for kind in content.results if kind.key == key), key)

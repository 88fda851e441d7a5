"""What a finished check says: may you, which papers, what it costs. Pure rules over the answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from portal.core.money import format_vnd
from procedures.choices import Channel
from procedures.facts import count_papers
from procedures.fees import AssessedFee
from procedures.guide.carrying import list_filled
from procedures.guide.counting import build_fee_answers
from procedures.guide.definition import list_keys
from procedures.guide.exempting import list_proofs
from procedures.guide.walk import Walk
from procedures.parts import Requirement

YES, NO, ASK = "yes", "no", "ask"


@dataclass(frozen=True)
class NeededPaper:
    """One paper. `others`: papers of which one is enough in its place."""

    requirement: Requirement
    amount: str
    note: str
    others: tuple[Requirement, ...] = ()
    picture: str = ""


@dataclass(frozen=True)
class PaperLists:
    """Papers by what is done with them. `maybe`: only when their own sentence applies."""

    submit: tuple[NeededPaper, ...] = ()
    show: tuple[NeededPaper, ...] = ()
    maybe: tuple[NeededPaper, ...] = ()
    lookup: tuple[NeededPaper, ...] = ()


@dataclass(frozen=True)
class Cost:
    """Everything to pay. `total` None: at least one amount is not known; `known` is the sum of the others."""

    fees: tuple[AssessedFee, ...]
    total: int | None
    known: int
    is_illustrative: bool


def judge(walk: Walk) -> str:
    """May they? A reason to stop says no, a doubt that matters says: ask."""
    if walk.stop is not None:
        return NO
    return ASK if walk.doubts else YES


def list_papers(walk: Walk) -> PaperLists:
    """Exactly the papers of these answers; a paper whose question is in doubt is listed as perhaps."""
    used = (line.paper for fee in _assess(walk, walk.on) for line in fee.lines)
    proofs = list_proofs(walk, used)
    wanted = {
        item.key: _need_as_proof(item, proofs[item.key]) if item.key in proofs else _need(walk, item)
        for item in walk.content.requirements_for(walk.case)
    }
    papers = [item for item in walk.content.requirements if wanted.get(item.key) and not item.replaces]
    seen: set[str] = set()
    lists: dict[str, list[NeededPaper]] = {"submit": [], "show": [], "maybe": [], "lookup": []}
    for item in papers:
        others = tuple(
            other
            for other in walk.content.requirements
            if other.replaces == item.key and wanted.get(other.key)
        )
        need = wanted[item.key]
        kind = need if item.is_looked_up or need == "maybe" else "show" if item.is_presented else "submit"
        picture = "" if item.picture in seen or not _is_held(walk, item, need) else item.picture
        seen.add(picture)
        lists[kind].append(NeededPaper(item, _amount(walk, item), _note(walk, item), others, picture))
    return PaperLists(**{name: tuple(found) for name, found in lists.items()})


def _need_as_proof(item: Requirement, need: str) -> str:
    return "lookup" if item.is_looked_up and need else need


def _is_held(walk: Walk, item: Requirement, need: str) -> bool:
    """Whether there is a paper to photograph or to bring: then its picture helps."""
    return need == "submit" and not (item.filled_online and _is_online(walk))


def _need(walk: Walk, item: Requirement) -> str:
    """ "" not at all, else lookup, submit (asked for) or maybe."""
    rules = [rule for rule in walk.guide.papers if rule.requirement == item.key]
    if rules and not any(walk.holds(rule.condition) for rule in rules):
        in_doubt = any(walk.unsure & set(list_keys(rule.condition)) for rule in rules)
        return ("lookup" if item.is_looked_up else "maybe") if in_doubt else ""
    if item.is_looked_up:
        return "lookup"
    return "submit" if rules or item.required else "maybe"


def _amount(walk: Walk, item: Requirement) -> str:
    if item.filled_online and _is_online(walk):
        return _("Điền trên mạng")
    if item.is_presented:
        return _("Chỉ cho xem")
    if item.is_looked_up:
        return ""
    return count_papers(item.originals, item.copies) or _("Không nộp bản giấy")


def _note(walk: Walk, item: Requirement) -> str:
    """Its own sentence; a form that is filled in online elsewhere says how it is filled on paper."""
    if item.filled_online and walk.content.takes_online and not _is_online(walk):
        return _("Tải mẫu, in rồi điền. Bạn cũng có thể xin mẫu tại nơi nộp.")
    return str(item.hint)


def _is_online(walk: Walk) -> bool:
    return walk.channel == Channel.ONLINE.value and walk.content.takes_online


def reckon(walk: Walk, on: date) -> Cost | None:
    """All fees of these answers; None where the document is known to lack them."""
    content = walk.content
    if content.partial and not content.fees:
        return None
    fees = _assess(walk, on)
    amounts = [line.amount for fee in fees for line in fee.lines]
    known = sum(amount for amount in amounts if amount is not None)
    return Cost(
        fees, None if None in amounts else known, known, any(rule.illustrative for rule in content.fees)
    )


def _assess(walk: Walk, on: date) -> tuple[AssessedFee, ...]:
    answers = build_fee_answers(walk.content, walk.values, list_filled(walk))
    return walk.content.assess(case=walk.case, channel=walk.channel or None, answers=answers, on=on)


def describe_total(cost: Cost | None) -> str:
    """ "16.000 đ", never free while something is not known."""
    if cost is None:
        return _("Chưa xác định. Hãy hỏi nơi giải quyết.")
    if cost.total is None and cost.known:
        return _("%(known)s, và khoản chưa xác định do HĐND tỉnh quy định") % {
            "known": format_vnd(cost.known)
        }
    if cost.total is None:
        return _("Chưa xác định, do HĐND tỉnh quy định")
    return format_vnd(cost.total) if cost.total else _("Không phải nộp tiền")


def list_doubts(walk: Walk) -> Sequence[str]:
    return [str(question.label) for question in walk.doubts]

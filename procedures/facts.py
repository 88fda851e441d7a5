"""The six facts of a procedure in words: who, papers, how long, how much, where, what one gets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.core.money import format_vnd
from procedures.choices import Channel, FeeKind
from procedures.content import Content
from procedures.fees import FeeRule, describe_rule, rules_for
from procedures.reliefs import Person, Relief, describe_size, find_best, list_applying


@dataclass(frozen=True)
class Fact:
    """One answer; `small` is what to know beside it, `href` leads to the whole of a long one."""

    term: str
    value: str
    small: str = ""
    icon: str = ""
    href: str = ""
    link: str = ""


TIME_ICON = "clock"
Words = tuple[str, str, bool]
_MOST_VALUE, _MOST_SMALL = 70, 80
_CHANNEL_WORDS = {
    Channel.ONLINE.value: gettext_lazy("qua mạng"),
    Channel.DESK.value: gettext_lazy("tại quầy"),
    Channel.POST.value: gettext_lazy("qua bưu chính"),
}
_FILED_WORDS = {
    Channel.ONLINE.value: gettext_lazy("nộp trực tuyến"),
    Channel.DESK.value: gettext_lazy("nộp tại quầy"),
    Channel.POST.value: gettext_lazy("gửi qua bưu chính"),
}


def build_facts(content: Content, case: str | None, on: date) -> tuple[Fact, ...]:
    """The six facts for one case, or for all cases while none is chosen; long ones begin here and go on below."""
    fee = build_fee_fact(content, case, on)
    facts = (
        Fact(_("Ai được làm"), str(content.audience), icon="person"),
        _paper_fact(content, case),
        Fact(_("Bao lâu"), describe_limits(content, case), str(content.limit_note), icon=TIME_ICON),
        fee,
        Fact(_("Nơi giải quyết"), str(content.agencies.performing), icon="pin"),
        _result_fact(content),
    )
    return tuple(_make_brief(fact, "fees" if fact is fee else "whole") for fact in facts)


def list_unknown(content: Content) -> tuple[str, ...]:
    """What a partial document leaves open, for a sentence that says so."""
    missing = (
        (content.requirements, _("giấy tờ")),
        (content.limits, _("thời hạn")),
        (content.fees, _("phí, lệ phí")),
        (content.how_steps, _("cách làm")),
        (content.submit_ways, _("cách nộp")),
        (content.results, _("kết quả")),
        (content.legal_basis, _("căn cứ pháp lý")),
    )
    return tuple(words for part, words in missing if not part) if content.partial else ()


def shorten(text: str, most: int) -> str:
    """The text, or its beginning up to a pause or the end of a word, with … behind."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    start = text[:most]
    pause = max(start.rfind(mark) for mark in (";", ",", ". "))
    end = pause if pause > most // 2 else start.rfind(" ")
    return f"{start[:end].rstrip(' ,;.:(')}…"


def _make_brief(fact: Fact, anchor: str) -> Fact:
    value, small = shorten(fact.value, _MOST_VALUE), shorten(fact.small, _MOST_SMALL)
    if not (value.endswith("…") or small.endswith("…")):
        return fact
    return replace(fact, value=value, small=small, href=f"#{anchor}", link=_("Xem đủ"))


def describe_limits(content: Content, case: str | None = None) -> str:
    """ "3 ngày làm việc", or the span over the cases: "7 đến 10 ngày làm việc"."""
    if case is not None:
        limits = [content.limit_for(case, channel) for channel in content.channels]
    else:
        limits = list(content.limits)
    known = sorted(
        {(limit.unit, limit.value): limit for limit in limits if limit}.values(), key=lambda x: x.value
    )
    if not known:
        return _("Chưa có thông tin") if content.partial else _("Pháp luật không quy định thời hạn")
    units = {limit.unit for limit in known}
    if len(known) > 1 and len(units) == 1:
        return _("%(least)d đến %(most)s") % {"least": known[0].value, "most": known[-1]}
    return _(" hoặc ").join(str(limit) for limit in known)


def _paper_fact(content: Content, case: str | None) -> Fact:
    if content.partial and not content.requirements:
        return Fact(_("Giấy tờ"), _("Chưa có thông tin"), icon="paper")
    if case is not None or not content.cases:
        count = len(
            [item for item in content.requirements_for(case) if item.required and not item.is_looked_up]
        )
        return Fact(_("Giấy tờ"), _count_papers(count), _sets(content), icon="paper")
    counts = [
        len([i for i in content.requirements_for(each.key) if i.required and not i.is_looked_up])
        for each in content.cases
    ]
    least, most = min(counts), max(counts)
    if least == most:
        return Fact(_("Giấy tờ"), _count_papers(most), _sets(content), icon="paper")
    value = _("%(least)d đến %(most)d giấy tờ") % {"least": least, "most": most}
    return Fact(_("Giấy tờ"), value, _("tùy trường hợp"), icon="paper")


def count_papers(originals: int, copies: int) -> str:
    """ "1 bản chính, 2 bản sao"; nothing where there are none."""
    counted = (
        (originals, ngettext("%(count)d bản chính", "%(count)d bản chính", originals)),
        (copies, ngettext("%(count)d bản sao", "%(count)d bản sao", copies)),
    )
    return ", ".join(words % {"count": count} for count, words in counted if count)


def _count_papers(count: int) -> str:
    return ngettext("%(count)d giấy tờ", "%(count)d giấy tờ", count) % {"count": count}


def _sets(content: Content) -> str:
    return "" if content.sets == 1 else _("%(sets)d bộ") % {"sets": content.sets}


def build_fee_fact(content: Content, case: str | None, on: date) -> Fact:
    """What it costs; by channel where channels differ. Never "free" while an amount is unknown."""
    if content.partial and not content.fees:
        return Fact(_("Phí, lệ phí"), _("Chưa có thông tin"), icon="coin")
    (value, *others), extra = _list_prices(content, case, on)
    demo = _("mức thu minh họa") if any(rule.illustrative for rule in content.fees) else ""
    groups = _("có người được miễn, giảm") if _has_groups(content, case, on) else ""
    only_le_phi = all(rule.kind == FeeKind.LE_PHI for rule in content.fees)
    term = _("Lệ phí") if only_le_phi else _("Phí, lệ phí")
    return Fact(term, value, _join(*others, groups, extra, demo), icon="coin")


def _has_groups(content: Content, case: str | None, on: date) -> bool:
    """Is somebody let off for who they are, by some way of filing?"""
    return any(
        relief.is_claimed and relief.fits(case=case or relief.case, channel=relief.channel, on=on)
        for relief in content.reliefs
    )


def describe_prices(content: Content, on: date) -> str:
    """The cost in one line for lists, every channel named where they differ."""
    if content.partial and not content.fees:
        return _("Chưa có thông tin")
    prices, _extra = _list_prices(content, None, on)
    is_demo = any(rule.illustrative for rule in content.fees)
    text = _join(*prices)
    return _("%(prices)s (mức thu minh họa)") % {"prices": text} if is_demo else text


def _list_prices(content: Content, case: str | None, on: date) -> tuple[list[str], str]:
    """One price, or one per group of channels; and what is charged beside it by the piece."""
    texts = {channel: _fee_words(content, case, channel, on) for channel in content.channels}
    distinct = list(dict.fromkeys(texts.values()))
    if len(distinct) == 1:
        return [distinct[0][0]], distinct[0][1]
    paid = [words for words in distinct if not words[2]]
    if len(paid) == 1:
        free = [str(_FILED_WORDS[channel]) for channel, words in texts.items() if words[2]]
        said = _("%(amount)s, %(ways)s được miễn") % {"amount": paid[0][0], "ways": ", ".join(free)}
        return [said], paid[0][1]
    prices = [
        _("%(amount)s %(channels)s") % {"amount": words[0], "channels": _channel_words(texts, words)}
        for words in distinct
    ]
    return prices, distinct[0][1]


def _join(*texts: str) -> str:
    return "; ".join(text for text in texts if text)


def _channel_words(texts: dict[str, Words], words: Words) -> str:
    return ", ".join(str(_CHANNEL_WORDS[channel]) for channel, each in texts.items() if each == words)


def _fee_words(content: Content, case: str | None, channel: str, on: date) -> Words:
    """The fixed sum, what is counted beside it (copies, pages), and whether everybody is let off by filing so."""
    rules = rules_for(content.fees, case=case, channel=channel, on=on)
    fixed = [rule for rule in rules if rule.counted is None]
    counted = [rule for rule in rules if rule.counted is not None]
    if not rules:
        return _("Không thu"), "", False
    everybodys = [relief for relief in content.reliefs if not relief.is_claimed]
    here = list_applying(everybodys, Person(case, channel, on))
    if not fixed:
        extra = _join(*(_counted_words(rule, here) for rule in counted[1:]))
        return _priced(counted[0], here), extra, _is_free(counted[0], here)
    left = [_leave(rule, here) for rule in fixed]
    unknown = [rule for rule, amount in zip(fixed, left, strict=True) if amount is None]
    total = sum(amount or 0 for amount in left)
    value = describe_rule(unknown[0]) if unknown else format_vnd(total)
    is_free = not unknown and not total and any(_is_free(rule, here) for rule in fixed)
    return value, _join(*(_counted_words(rule, here) for rule in counted)), is_free


def _leave(rule: FeeRule, here: Sequence[Relief]) -> int | None:
    best = find_best(here, rule.key, rule.amount)
    return rule.amount if best is None else best.leaves(rule.amount)


def _is_free(rule: FeeRule, here: Sequence[Relief]) -> bool:
    best = find_best(here, rule.key, rule.amount)
    return best is not None and best.is_whole


def _priced(rule: FeeRule, here: Sequence[Relief]) -> str:
    """The price of one, and what everybody gets off it here."""
    best = find_best(here, rule.key, None)
    price = describe_rule(rule)
    return f"{price} ({describe_size(best).lower()})" if best else price


def _counted_words(rule: FeeRule, here: Sequence[Relief]) -> str:
    return _("%(label)s %(price)s") % {"label": rule.label, "price": _priced(rule, here)}


def _result_fact(content: Content) -> Fact:
    """The first is what people come for; the others stand among the details."""
    name = str(content.results[0].name) if content.results else _("Chưa có thông tin")
    return Fact(_("Bạn nhận được"), name, icon="result")

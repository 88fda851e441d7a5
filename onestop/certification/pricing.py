"""What papers cost: the catalogue's rules, applied here, and said to the browser so that it counts along."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dossiers.choices import Channel
from onestop.certification.kinds import Offer
from portal.core import clock
from portal.core.jsontypes import Json
from procedures.fees import AssessedFee, FeeRule, rules_for
from procedures.reliefs import Relief


@dataclass(frozen=True)
class Price:
    """Đồng to pay now, None when the province has not set it, and how it comes about."""

    total: int | None
    explanations: tuple[str, ...] = ()


def price(offer: Offer, answers: Mapping[str, Any]) -> Price:
    """For cleaned answers of the e-form, complete or not."""
    fees = _assess(offer, answers)
    return Price(_sum(fees), tuple(line.explanation for fee in fees for line in fee.lines))


def split(offer: Offer, answers: Mapping[str, Any]) -> list[int]:
    """Each original's part of the total in đồng, in the order of the rows; what has no parts is the first's."""
    group = offer.shape.group.key
    rows: Sequence[Any] = answers.get(group) or ()
    total = _sum(_assess(offer, answers)) or 0
    parts = [_sum(_assess(offer, {**answers, group: [row]})) or 0 for row in rows]
    return parts if sum(parts) == total else [total, *[0] * (len(rows) - 1)]


def dump_rules(offer: Offer) -> str:
    """The rules in force today as JSON for static/js/certification.js; empty when it cannot count by them.

    It counts without reliefs, so with one in force here the server's price is the only one.
    """
    if _list_reliefs(offer):
        return ""
    rules = [_dump(offer, rule) for rule in _rules(offer)]
    return "" if None in rules else json.dumps(rules)


def _rules(offer: Offer) -> tuple[FeeRule, ...]:
    channel = Channel.DESK.value
    return rules_for(offer.content.fees_for(None, channel), case=None, channel=channel, on=clock.today())


def _assess(offer: Offer, answers: Mapping[str, Any]) -> tuple[AssessedFee, ...]:
    return offer.content.assess(case=None, channel=Channel.DESK.value, answers=answers, on=clock.today())


def _list_reliefs(offer: Offer) -> list[Relief]:
    """Reliefs that somebody at the desk may have today."""
    channel, on = Channel.DESK.value, clock.today()
    return [relief for relief in offer.content.reliefs if relief.fits(case=None, channel=channel, on=on)]


def _sum(fees: Sequence[AssessedFee]) -> int | None:
    amounts = [fee.amount for fee in fees]
    return None if None in amounts else sum(amount for amount in amounts if amount is not None)


def _dump(offer: Offer, rule: FeeRule) -> Json:
    if rule.counted is None:
        return None if rule.amount is None else {"price": rule.amount}
    columns = {offer.shape.pages: "pages", offer.shape.copies: "copies", "": ""}
    of, times = columns.get(rule.counted.field), columns.get(rule.counted.times)
    if rule.counted.group != offer.shape.group.key or not of or times is None:
        return None
    bands: list[Json] = [[band.up_to, band.price] for band in rule.bands]
    return {"of": of, "times": times, "bands": bands, "price": rule.amount or 0, "cap": rule.cap}

"""A time limit and a fee for every case and channel: nobody is left without an answer."""

from collections.abc import Iterator
from itertools import product

from django.utils.translation import gettext as _

from procedures.choices import Channel
from procedures.content import Content
from procedures.judging.findings import Document, Finding, hint, stop

Place = tuple[str | None, str]


def judge_amounts(content: Content, document: Document) -> Iterator[Finding]:
    """`document` is asked whether "no fee" was written or just never filled in."""
    if content.partial:
        return
    yield from _judge_limits(content)
    yield from _judge_fees(content, is_written="fees" in document)


def judge_absent_amounts(document: Document) -> Iterator[Finding]:
    """On a draft that cannot be read yet: neither limit nor fee was ever thought of."""
    if document.get("partial") is True:
        return
    if not document.get("limits") and not document.get("limit_note"):
        yield stop(
            "limits",
            _("Chưa ghi thời hạn giải quyết."),
            _("Thêm thời hạn. Pháp luật không quy định thì nói rõ ở ghi chú thời hạn."),
        )
    if "fees" not in document:
        yield _tell_no_fees()


def _tell_no_fees() -> Finding:
    return stop(
        "fees", _("Chưa ghi phí, lệ phí."), _("Thêm mức thu. Không thu thì mở phần này và bấm “Lưu”.")
    )


def list_places(content: Content) -> list[Place]:
    """Every case with every channel."""
    cases: list[str | None] = [case.key for case in content.cases] or [None]
    return list(product(cases, content.channels))


def name_place(content: Content, place: Place) -> str:
    """ "Có giấy chứng sinh, Tại quầy"."""
    case = content.case_or_none(place[0])
    return ", ".join(filter(None, (case.label.vi if case else "", str(Channel(place[1]).label))))


def _judge_limits(content: Content) -> Iterator[Finding]:
    without = [place for place in list_places(content) if content.limit_for(*place) is None]
    if not without:
        return
    where = _("mọi trường hợp") if not content.limits else _list(content, without)
    if content.limit_note:
        yield hint(
            "limits",
            _("Chưa có thời hạn cho: %(where)s.") % {"where": where},
            _("Ghi chú thời hạn phải nói rõ là pháp luật không quy định."),
        )
    else:
        yield stop(
            "limits",
            _("Chưa có thời hạn cho: %(where)s.") % {"where": where},
            _("Thêm thời hạn. Pháp luật không quy định thì nói rõ ở ghi chú thời hạn."),
        )


def _judge_fees(content: Content, *, is_written: bool) -> Iterator[Finding]:
    if not content.fees:
        if is_written:
            yield hint(
                "fees",
                _("Trang của thủ tục sẽ ghi “Không thu”."),
                _("Đúng là không thu thì để nguyên. Có thu thì thêm mức thu."),
            )
        else:
            yield _tell_no_fees()
        return
    without = [place for place in list_places(content) if not content.fees_for(*place)]
    if without:
        yield stop(
            "fees",
            _("Chưa có mức thu cho: %(where)s.") % {"where": _list(content, without)},
            _("Thêm mức thu. Không thu thì thêm một dòng 0 đồng."),
        )
    yield from _judge_ends(content, set(without))
    for n, rule in enumerate(content.fees):
        if rule.counted is None and rule.amount is None:
            yield hint(
                f"fees[{n}]",
                _("“%(fee)s” chưa có số tiền. Trang sẽ ghi là do HĐND tỉnh quy định.")
                % {"fee": rule.label.vi},
                _("Có nghị quyết của HĐND tỉnh thì ghi số tiền."),
            )


def _judge_ends(content: Content, without: set[Place]) -> Iterator[Finding]:
    """Charges that end on a day and have nothing after it."""
    for place in list_places(content):
        rules = content.fees_for(*place)
        if place not in without and all(rule.until for rule in rules):
            yield hint(
                "fees",
                _("Mọi mức thu đều có ngày hết hạn: %(where)s.") % {"where": name_place(content, place)},
                _("Thêm mức thu áp dụng sau ngày đó."),
            )


def _list(content: Content, places: list[Place]) -> str:
    most = 4
    names = [name_place(content, place) for place in places[:most]]
    more = [_("và %(count)d chỗ khác") % {"count": len(places) - most}] if len(places) > most else []
    return "; ".join(names + more)

"""Reads one fee rule: an amount, a price for each unit, or prices in bands; and one relief from it."""

from django.utils.translation import gettext as _

from procedures.choices import Channel, FeeKind, FeeMode
from procedures.fees import Band, Counted, FeeRule
from procedures.formschema.condition_parsing import NEVER, Known, read_condition
from procedures.formschema.definition import Condition
from procedures.formschema.schema import FormSchema
from procedures.reading import Node
from procedures.reliefs import WHOLE, Relief
from procedures.texts import EMPTY


def read_fee(node: Node) -> FeeRule:
    """`amount` missing or null, without `unit` or `bands`, means unknown."""
    amount = node.optional_integer("amount")
    counted, price = _unit(node)
    bands = node.read_all("bands", _band)
    if bands:
        counted = _counted(node, "per")
        _check_bands(node, bands)
    if sum((amount is not None, price is not None, bool(bands))) > 1:
        node.fault("", _("Mỗi khoản chỉ chọn một cách tính: mức thu, đơn giá hoặc bậc."))
    return FeeRule(
        key=node.key(),
        kind=node.one_of("kind", FeeKind.values),
        mode=node.one_of("mode", (FeeMode.BEFORE.value, FeeMode.AFTER.value)),
        label=node.text("label", required=True),
        case=node.string("case") or None,
        channel=node.optional_one_of("channel", Channel.values),
        amount=amount if price is None else price,
        counted=counted,
        bands=bands,
        cap=node.optional_integer("cap"),
        basis=node.text("basis"),
        until=node.day("until"),
        refund_on_withdraw=node.boolean("refund_on_withdraw"),
        illustrative=node.boolean("illustrative"),
    )


def _unit(node: Node) -> tuple[Counted | None, int | None]:
    part = node.part("unit")
    if part is None:
        return None, None
    price = part.integer("price")
    return _close(part), price


def _counted(node: Node, name: str) -> Counted:
    part = node.part(name)
    if part is None:
        node.fault(name, _("Bậc thu cần biết đếm theo câu trả lời nào."))
        return Counted(field="", name=EMPTY)
    return _close(part)


def _close(part: Node) -> Counted:
    counted = Counted(
        field=part.key("field"),
        name=part.text("name", required=True),
        group=part.string("group"),
        times=part.string("times"),
    )
    part.close()
    return counted


def _band(node: Node) -> Band:
    return Band(up_to=node.optional_integer("up_to"), price=node.integer("price"))


def _check_bands(node: Node, bands: tuple[Band, ...]) -> None:
    limits = [band.up_to for band in bands]
    closed = [limit for limit in limits[:-1] if limit is not None]
    if limits[-1] is not None or len(closed) != len(bands) - 1 or closed != sorted(set(closed)):
        node.fault("bands", _("Các bậc phải tăng dần và bậc cuối không có giới hạn."))


def read_relief(node: Node, form: FormSchema | None) -> Relief:
    """Either `percent` or `amount`; its condition asks about questions of the e-form, or about the case."""
    relief = Relief(
        key=node.key(),
        label=node.text("label", required=True),
        percent=node.optional_integer("percent"),
        amount=node.optional_integer("amount"),
        of=node.strings("of"),
        condition=_condition(node, form),
        case=node.string("case") or None,
        channel=node.optional_one_of("channel", Channel.values),
        since=node.day("from"),
        until=node.day("until"),
        basis=node.text("basis"),
        paper=node.string("paper"),
    )
    _check_size(node, relief)
    if relief.since and relief.until and relief.until < relief.since:
        node.fault("until", _("Ngày hết hạn phải sau ngày bắt đầu."))
    return relief


def _condition(node: Node, form: FormSchema | None) -> Condition | None:
    """A condition that cannot be read holds for nobody."""
    known = Known({field.key: field for field in form.fields() if field.type != "group"} if form else {})
    condition = read_condition(node, "if", known)
    return NEVER if condition is not None and not condition.terms else condition


def _check_size(node: Node, relief: Relief) -> None:
    if relief.percent is None and relief.amount is None:
        node.fault("percent", _("Ghi giảm bao nhiêu phần trăm, hoặc giảm bao nhiêu đồng."))
    if relief.percent is not None and relief.amount is not None:
        node.fault("percent", _("Chỉ ghi một trong hai: phần trăm giảm hoặc số tiền giảm."))
    if relief.percent is not None and not 0 < relief.percent <= WHOLE:
        node.fault("percent", _("Phần trăm giảm từ 1 đến 100."))
    if relief.amount == 0:
        node.fault("amount", _("Số tiền giảm phải lớn hơn 0."))

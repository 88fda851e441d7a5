"""The cashier's forms: taking money, noting what others took, counting the drawer."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from payments.choices import DESK_METHODS, LONGEST_NAME, LONGEST_NUMBER, Method
from payments.services.closing import LONGEST_REMARK
from payments.services.post import LONGEST_PARCEL
from payments.services.tills import LONGEST_SLIP
from payments.till.counting import DENOMINATIONS, MOST_NOTES, Count, build_count, read_money
from portal.core.money import format_vnd, group_thousands

LONGEST_TYPED = 30


class MoneyField(forms.CharField):
    """An amount as people type it, whole đồng when clean; None for nothing."""

    default_error_messages = {
        "money": _("Ghi số tiền bằng chữ số, ví dụ 200.000."),
        "required": _("Ghi số tiền."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST_TYPED, **options)

    def clean(self, value: Any) -> Any:
        """Raises ValidationError for what is no amount."""
        try:
            amount = read_money(str(value or ""))
        except ValueError:
            raise ValidationError(self.error_messages["money"], code="money") from None
        if amount is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return amount


class CashForm(forms.Form):
    """How the money came and who laid it down, and the version of the dossier that the cashier saw.

    `tendered` is what was laid on the desk, so that the change can be said; it is not kept.
    """

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    method = forms.ChoiceField(
        label=_("Cách trả"), choices=[(m.value, m.label) for m in DESK_METHODS], required=False
    )
    tendered = MoneyField(label=_("Khách đưa"), required=False)
    slip = forms.CharField(
        label=_("Số phiếu máy quẹt thẻ"),
        max_length=LONGEST_SLIP,
        required=False,
        error_messages={"max_length": _("Số phiếu dài quá 40 chữ và số.")},
    )
    payer_name = forms.CharField(
        label=_("Người nộp tiền"),
        max_length=LONGEST_NAME,
        required=False,
        error_messages={"max_length": _("Tên người nộp dài quá 400 chữ.")},
    )

    def __init__(self, data: Any = None, *, initial: Any = None, amount: int | None = None) -> None:
        """`amount`: what is owed, in đồng."""
        super().__init__(data, initial=initial)
        self.amount = amount or 0

    @property
    def is_first(self) -> bool:
        """Nothing was sent yet: the cursor may stand where money is typed."""
        return not self.is_bound

    @property
    def is_card(self) -> bool:
        return bool(self["method"].value() == Method.CARD)

    @property
    def change(self) -> int | None:
        """What goes back to the payer, in đồng; None where nothing was said."""
        tendered = self.cleaned_data.get("tendered")
        return None if tendered is None or self.is_card else tendered - self.amount

    def clean_method(self) -> str:
        return self.cleaned_data["method"] or str(Method.CASH)

    def clean(self) -> None:
        """A card needs its slip; too little cash is not taken."""
        if self.cleaned_data.get("method") == Method.CARD:
            if not self.cleaned_data.get("slip") and "slip" not in self.errors:
                self.add_error("slip", _now("Ghi số trên phiếu của máy quẹt thẻ."))
        elif (short := self.change) is not None and short < 0:
            text = _now("Khách đưa còn thiếu %(short)s.") % {"short": format_vnd(-short)}
            self.add_error("tendered", text)


class TreasuryForm(forms.Form):
    """The treasury's receipt, and the version of the dossier that the officer saw."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    treasury_number = forms.CharField(
        label=_("Số chứng từ của kho bạc"),
        max_length=LONGEST_NUMBER,
        error_messages={
            "required": _("Ghi số chứng từ của kho bạc."),
            "max_length": _("Số chứng từ dài quá 64 chữ và số."),
        },
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        """Its own ids: it stands beside the cashier's form."""
        super().__init__(data, auto_id="treasury_%s", initial=initial)


class PostForm(forms.Form):
    """The label of the parcel with which the post collects the fee."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    parcel = forms.CharField(
        label=_("Số hiệu bưu gửi"),
        max_length=LONGEST_PARCEL,
        error_messages={
            "required": _("Ghi số hiệu bưu gửi trên nhãn của bưu điện."),
            "max_length": _("Số hiệu bưu gửi dài quá 40 chữ và số."),
        },
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        """Its own ids: it stands beside the cashier's form."""
        super().__init__(data, auto_id="post_%s", initial=initial)


class HandInForm(forms.Form):
    """What was brought to bank or treasury, and the number of its paper."""

    handed_in = MoneyField(label=_("Số tiền nộp"), required=False)
    handed_in_number = forms.CharField(
        label=_("Số giấy nộp tiền"),
        max_length=LONGEST_NUMBER,
        required=False,
        error_messages={"max_length": _("Số giấy nộp tiền dài quá 64 chữ và số.")},
    )


class CloseForm(HandInForm):
    """The drawer counted note by note or typed as one total. `seen`: what the page expected, in đồng."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    total = MoneyField(label=_("Tổng tiền mặt đếm được"), required=False)
    card = MoneyField(label=_("Tổng tiền theo máy quẹt thẻ"), required=False)
    remark = forms.CharField(
        label=_("Lý do thừa, thiếu"),
        max_length=LONGEST_REMARK,
        required=False,
        error_messages={"max_length": _("Lý do dài quá 400 chữ.")},
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        for value in DENOMINATIONS:
            self.fields[f"note_{value}"] = forms.IntegerField(
                label=group_thousands(value),
                min_value=0,
                max_value=MOST_NOTES,
                required=False,
                error_messages={
                    name: _("Ghi số tờ bằng chữ số, từ 0 đến 99.999.")
                    for name in ("invalid", "min_value", "max_value")
                },
            )

    def list_notes(self) -> list[tuple[int, forms.BoundField]]:
        """Each denomination with its field, the largest first."""
        return [(value, self[f"note_{value}"]) for value in DENOMINATIONS]

    def clean(self) -> None:
        """Notes and total agree, and something was counted; the count stands in `cleaned_data["count"]`."""
        notes = {value: self.cleaned_data.get(f"note_{value}") for value in DENOMINATIONS}
        if any(f"note_{value}" in self.errors for value in notes) or "total" in self.errors:
            return
        total = self.cleaned_data.get("total")
        try:
            count = build_count(notes, total)
        except ValueError:
            counted = build_count(notes, None) or Count(0)
            text = _now(
                "Đếm từng loại được %(notes)s, khác tổng đã ghi. Sửa một trong hai, hoặc bỏ trống tổng."
            )
            self.add_error("total", text % {"notes": format_vnd(counted.total)})
            return
        if count is None:
            self.add_error("total", _now("Ghi số tờ từng loại hoặc tổng tiền. Không có tiền thì ghi 0."))
        self.cleaned_data["count"] = count


class RemarkForm(forms.Form):
    """How a difference was cleared up."""

    remark = forms.CharField(
        label=_("Đã xử lý thế nào"),
        max_length=LONGEST_REMARK,
        error_messages={
            "required": _("Ghi đã xử lý thế nào, tối đa 400 chữ."),
            "max_length": _("Ghi đã xử lý thế nào, tối đa 400 chữ."),
        },
    )


class TransferForm(forms.Form):
    """What the post has transferred, as the bank's statement says."""

    number = forms.CharField(label=_("Số chứng từ chuyển tiền"), max_length=LONGEST_NUMBER, required=False)
    amount = MoneyField(label=_("Số tiền bưu điện đã chuyển"), required=False)


class HandedOverForm(forms.Form):
    """What a gateway has transferred, as the bank's statement says."""

    number = forms.CharField(label=_("Số chứng từ chuyển tiền"), max_length=LONGEST_NUMBER, required=False)
    amount = MoneyField(label=_("Số tiền cổng đã chuyển"), required=False)

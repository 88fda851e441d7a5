"""Acts of administration on a procedure, as people call them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_ACTS = {
    "procedure.proposed": gettext_lazy("Trình công bố"),
    "procedure.returned": gettext_lazy("Trả lại bản trình"),
    "procedure.published": gettext_lazy("Công bố"),
    "procedure.restored": gettext_lazy("Khôi phục bản cũ thành bản nháp"),
    "procedure.cancelling_proposed": gettext_lazy("Trình hủy bản chờ áp dụng"),
    "procedure.replayed": gettext_lazy("Thử trên hồ sơ cũ"),
    "procedure.closed": gettext_lazy("Bãi bỏ"),
    "procedure.reopened": gettext_lazy("Mở lại"),
}


def name_act(action: str) -> str:
    return str(_ACTS.get(action, _("Việc khác")))

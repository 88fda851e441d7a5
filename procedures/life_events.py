"""Events of life on the home page: everyday words that lead to a search that finds something."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from procedures.finding import list_named


@dataclass(frozen=True)
class LifeEvent:
    label: str | Promise
    text: str | Promise
    icon: str
    query: str


_EVENTS = (
    LifeEvent(_("Sinh con"), _("Khai sinh, số định danh, bản sao"), "baby", "khai sinh"),
    LifeEvent(_("Kết hôn, gia đình"), _("Giấy độc thân, kết hôn, nhận cha mẹ con"), "rings", "hôn nhân"),
    LifeEvent(_("Mở cửa hàng"), _("Hộ kinh doanh, bán hàng, mở quán"), "shop", "hộ kinh doanh"),
    LifeEvent(_("Đất đai, xây nhà"), _("Giấy phép xây dựng, sổ đỏ"), "build", "giấy phép xây dựng"),
    LifeEvent(_("Chứng thực"), _("Sao y giấy tờ, chữ ký, giao dịch"), "stamp", "chứng thực"),
    LifeEvent(_("Đi nước ngoài"), _("Hộ chiếu cho người lớn và trẻ em"), "id", "hộ chiếu"),
    LifeEvent(_("Nơi ở"), _("Thường trú, tạm trú, tách hộ"), "home", "đăng ký thường trú"),
    LifeEvent(_("Người thân qua đời"), _("Khai tử, mai táng phí"), "lotus", "khai tử"),
    LifeEvent(
        _("Tuổi già, khó khăn"), _("Tiền hưu trí xã hội, trợ cấp, hộ nghèo"), "heart", "trợ cấp xã hội"
    ),
    LifeEvent(_("Con đi học"), _("Chuyển trường, hỗ trợ tiền học"), "book", "chuyển trường"),
)

EXAMPLES = ("làm khai sinh", "giấy độc thân", "mở cửa hàng", "phép xây nhà")


def list_life_events() -> list[LifeEvent]:
    """Those whose words name a procedure of the catalogue. One query."""
    named = list_named(event.query for event in _EVENTS)
    return [event for event in _EVENTS if event.query in named]

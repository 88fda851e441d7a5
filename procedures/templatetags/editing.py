"""The rooms of the catalogue as links, on every page of them."""

from django import template
from django.utils.translation import gettext as _

from portal.core.context import get_href

register = template.Library()


@register.simple_tag(takes_context=True)
def catalogue_rooms(context: template.Context) -> list[dict[str, object]]:
    """Rows for components/chips.html; a room that is not installed has none."""
    rooms = (
        (_("Thủ tục"), "catalogue:index"),
        (_("Từ người dân dùng"), "catalogue:words"),
        (_("Việc trong đời"), "catalogue:life_events"),
        (_("Tìm không thấy"), "catalogue:empty_searches"),
        (_("Khối câu hỏi"), "catalogue:blocks"),
        (_("Nhập danh mục"), "catalogue:imports"),
        (_("Xuất danh mục"), "catalogue:export"),
    )
    found = [(label, get_href(name)) for label, name in rooms]
    path, home = context["request"].path, found[0][1]
    others = tuple(href for _label, href in found[1:] if href)
    return [
        {
            "label": label,
            "href": href,
            "is_current": not path.startswith(others) if href == home else path.startswith(href),
        }
        for label, href in found
        if href
    ]

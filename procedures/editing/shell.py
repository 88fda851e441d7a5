"""The frame of every page about one procedure: name, states, tabs, crumbs."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.templatetags.formats import vn_day
from procedures.editing.reads import Desk, access_desk

# Tab, its words, the addresses it may have: the first one that is installed counts.
_TABS = (
    ("overview", gettext_lazy("Tổng quan"), ("catalogue:procedure",)),
    ("edit", gettext_lazy("Sửa nội dung"), ("catalogue:edit",)),
    ("form", gettext_lazy("Mẫu điện tử"), ("catalogue:form",)),
    ("trial", gettext_lazy("Thử"), ("rehearsal:replay", "rehearsal:trial")),
    ("check", gettext_lazy("Kiểm tra và trình"), ("catalogue:check",)),
    ("versions", gettext_lazy("Các bản"), ("catalogue:versions",)),
)


@dataclass(frozen=True)
class Shell:
    """For templates/catalogue/procedure.html; `tags`: rows for components/tag.html."""

    desk: Desk
    tags: tuple[dict[str, str], ...]
    tabs: tuple[dict[str, Any], ...]
    crumbs: tuple[dict[str, str], ...]

    @property
    def code(self) -> str:
        return self.desk.code

    @property
    def name(self) -> str:
        return self.desk.name or _("Thủ tục chưa có tên")


def build_shell(code: str | Desk, *, tab: str) -> Shell:
    """The frame for a code, or for a desk that was read already. `tab`: overview, edit, form, trial, check, versions.

    Three queries for a code, none for a desk. Raises NotFound.
    """
    desk = access_desk(code) if isinstance(code, str) else code
    crumbs = ({"label": _("Danh mục"), "href": reverse("catalogue:index")}, {"label": desk.code, "code": "1"})
    return Shell(desk, _build_tags(desk), _build_tabs(desk.code, tab), crumbs)


def find_href(name: str, *args: object) -> str:
    """Address of a page that may not be installed: nothing then."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _build_tabs(code: str, current: str) -> tuple[dict[str, Any], ...]:
    tabs = []
    for key, label, names in _TABS:
        href = next(filter(None, (find_href(name, code) for name in names)), "")
        if href:
            tabs.append({"label": label, "href": href, "is_current": key == current})
    return tuple(tabs)


def _build_tags(desk: Desk) -> tuple[dict[str, str], ...]:
    return tuple(tag for tag in (_published_tag(desk), _coming_tag(desk), _draft_tag(desk)) if tag)


def _published_tag(desk: Desk) -> dict[str, str] | None:
    if desk.procedure is None or desk.procedure.current is None:
        return {"text": _("Chưa công bố"), "kind": ""}
    if desk.procedure.is_closed:
        return {"text": _("Đã bãi bỏ"), "kind": "late"}
    return {
        "text": _("Đang áp dụng bản %(number)d") % {"number": desk.procedure.current.number},
        "kind": "done",
    }


def _coming_tag(desk: Desk) -> dict[str, str] | None:
    if desk.coming is None:
        return None
    words = _("Bản %(number)d áp dụng từ %(day)s")
    return {
        "text": words % {"number": desk.coming.number, "day": vn_day(desk.coming.effective_from)},
        "kind": "info",
    }


def _draft_tag(desk: Desk) -> dict[str, str] | None:
    draft = desk.draft
    if draft is None:
        return None
    if draft.proposed_at is not None:
        return {"text": _("Bản nháp đã trình, chờ người thứ hai"), "kind": "warn"}
    if draft.returned_at is not None:
        return {"text": _("Bản nháp bị trả lại"), "kind": "late"}
    return {"text": _("Có bản nháp"), "kind": "warn"}

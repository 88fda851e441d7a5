"""Merging agencies: which mergers are possible, and which have to be carried out by now.

A merger is said by the agencies themselves: one that is closed and has exactly one successor is merged into it.
Nothing else is stored, so whatever was interrupted, or came in late, is found again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from portal.accounts.models import Agency, Membership
from portal.accounts.selectors import find_successor, get_agency
from portal.core import clock
from portal.core.errors import NotFound, RuleViolation


@dataclass(frozen=True)
class Merger:
    """From `on` the target does the work of the sources; they work until the day before."""

    sources: tuple[Agency, ...]
    target: Agency
    on: date

    @property
    def is_due(self) -> bool:
        return self.on <= clock.today()

    def last_day_of(self, source: Agency) -> date:
        """One that had ended earlier already keeps its own last day."""
        before = self.on - timedelta(days=1)
        ended = source.valid_until is not None and source.valid_until < clock.today()
        return min(before, source.valid_until) if ended and source.valid_until else before


def plan_merger(codes: Sequence[str], *, into: str, on: date) -> Merger:
    """The merger of these agencies. Raises RuleViolation with a sentence on `sources`, `into` or `on`."""
    sources = tuple({agency.pk: agency for agency in (_find(code, "sources") for code in codes)}.values())
    merger = Merger(sources, _find(into, "into"), on)
    check_merger(merger)
    return merger


def check_merger(merger: Merger) -> None:
    """Raises RuleViolation with a sentence on `sources`, `into` or `on`."""
    if not merger.sources:
        raise _refuse("sources", "merger_of_none", _("Hãy chọn ít nhất một cơ quan để sáp nhập."))
    _check_target(merger)
    for source in merger.sources:
        _check_source(merger, source)


def list_due_mergers() -> Mapping[int, int]:
    """Id of each agency that was merged and is closed by today -> id of the one that does its work now.

    Left out are agencies without a successor, and those that were split.
    """
    closed = Agency.objects.filter(valid_until__lt=clock.today(), successors__isnull=False).distinct()
    found = {}
    for source in closed.prefetch_related("successors"):
        successor = find_successor(source)
        if successor is not None:
            found[source.pk] = successor.pk
    return found


def list_with_people_or_units(agency_ids: Iterable[int]) -> set[int]:
    """Those of these closed agencies where somebody still works, or below which open units still hang."""
    ids = list(agency_ids)
    people, units = _people_of(ids).values_list("agency_id"), _units_of(ids).values_list("parent_id")
    return {agency_id for (agency_id,) in (*people, *units) if agency_id is not None}


def count_people(agency_ids: Iterable[int]) -> dict[int, int]:
    """How many people a merger of each agency would move."""
    return dict(_people_of(agency_ids).values_list("agency_id").annotate(n=Count("user", distinct=True)))


def list_units_to_move(agency_ids: Iterable[int]) -> dict[int, list[str]]:
    """Names of the units of each agency that would hang below the successor."""
    found: dict[int, list[str]] = {}
    for parent, name in _units_of(agency_ids).order_by("path").values_list("parent_id", "name"):
        if parent is not None:
            found.setdefault(parent, []).append(name)
    return found


def _people_of(agency_ids: Iterable[int]) -> QuerySet[Membership]:
    return Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=clock.now()), agency__in=list(agency_ids)
    )


def _units_of(agency_ids: Iterable[int]) -> QuerySet[Agency]:
    return Agency.objects.filter(parent__in=list(agency_ids), valid_until__isnull=True)


def _check_target(merger: Merger) -> None:
    target = merger.target
    if target in merger.sources:
        message = _("%(name)s không thể sáp nhập vào chính mình. Hãy chọn cơ quan nhận khác.")
        raise _refuse("into", "merger_into_itself", message % {"name": target.name})
    if target.valid_until is not None:
        message = _(
            "%(name)s chỉ hoạt động đến hết ngày %(day)s. Hãy chọn cơ quan nhận còn hoạt động lâu dài."
        )
        raise _refuse(
            "into", "merger_into_closed", message % {"name": target.name, "day": _show(target.valid_until)}
        )
    if target.valid_from > merger.on:
        message = _("%(name)s hoạt động từ ngày %(day)s. Hãy chọn ngày sáp nhập từ ngày đó trở đi.")
        raise _refuse(
            "on", "merger_too_early", message % {"name": target.name, "day": _show(target.valid_from)}
        )


def _check_source(merger: Merger, source: Agency) -> None:
    target, names = merger.target, {"name": source.name, "target": merger.target.name}
    if source.kind != target.kind:
        message = _("%(name)s là %(kind)s, còn %(target)s là %(other)s. Chỉ sáp nhập các cơ quan cùng loại.")
        names |= {"kind": source.get_kind_display().lower(), "other": target.get_kind_display().lower()}
        raise _refuse("into", "merger_of_other_kind", message % names)
    if target.path.startswith(source.path) or _leads_to(target, source):
        message = _(
            "%(name)s đứng trước hoặc đứng trên %(target)s nên sáp nhập sẽ thành vòng tròn. Hãy chọn ngược lại."
        )
        raise _refuse("into", "merger_in_a_circle", message % names)
    others = [successor for successor in source.successors.all() if successor != target]
    if others:
        message = _("%(name)s đã có cơ quan kế thừa là %(other)s. Hãy bỏ cơ quan này khỏi danh sách.")
        raise _refuse("sources", "merged_already", message % (names | {"other": others[0].name}))
    if merger.last_day_of(source) < source.valid_from:
        message = _("%(name)s hoạt động từ ngày %(day)s. Hãy chọn ngày sáp nhập muộn hơn ngày đó.")
        raise _refuse("on", "merger_too_early", message % (names | {"day": _show(source.valid_from)}))


def _leads_to(agency: Agency, other: Agency) -> bool:
    """Is `other` among those that took over from `agency`, directly or not?"""
    waiting, seen = [agency.pk], {agency.pk}
    while waiting:
        following = Agency.objects.filter(predecessors__in=waiting).exclude(pk__in=seen)
        waiting = list(following.values_list("pk", flat=True))
        seen.update(waiting)
    return other.pk in seen


def _find(code: str, field: str) -> Agency:
    try:
        return get_agency(code.strip())
    except NotFound as error:
        message = _("Không có cơ quan nào mang mã “%(code)s”. Hãy kiểm tra lại mã.") % {"code": code}
        raise _refuse(field, "agency_not_found", message) from error


def _refuse(field: str, code: str, message: str) -> RuleViolation:
    return RuleViolation(code, message, errors={field: [message]})


def _show(day: date) -> str:
    return f"{day:%d/%m/%Y}"

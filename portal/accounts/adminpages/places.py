"""Agencies and days of the working calendars in the administration site."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _

from portal.accounts import services
from portal.accounts.admin_site import admin_site
from portal.accounts.adminpages.base import ServiceAdmin
from portal.accounts.models import Agency, CalendarDay
from portal.accounts.requests import get_actor
from portal.core import clock


@admin.register(Agency, site=admin_site)
class AgencyAdmin(ServiceAdmin[Agency]):
    list_display = ("code", "name", "kind", "parent", "valid_from", "valid_until")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("code", "name")
    ordering = ("path",)
    autocomplete_fields = ("parent", "predecessors")
    fields = (
        "code",
        "name",
        "kind",
        "parent",
        "calendar",
        "address",
        "phone",
        "valid_from",
        "valid_until",
        "predecessors",
    )
    actions = ("merge",)

    @admin.action(description=_("Sáp nhập các cơ quan đã chọn"))
    def merge(self, request: HttpRequest, agencies: QuerySet[Agency]) -> HttpResponseRedirect:
        """On to the page that asks into which agency, and says what will happen."""
        codes = ", ".join(agencies.order_by("path").values_list("code", flat=True))
        return HttpResponseRedirect(f"{resolve_url('onestop:merge')}?{urlencode({'sources': codes})}")

    def get_readonly_fields(self, request: HttpRequest, obj: Agency | None = None) -> tuple[str, ...]:
        return () if obj is None else ("valid_from",)

    def save_model(self, request: HttpRequest, obj: Agency, form: Any, change: bool) -> None:
        actor = get_actor(request)
        if not change:
            obj.pk = _create(obj, request).pk
            return
        services.change_agency(
            obj,
            name=obj.name,
            kind=obj.kind,
            parent=obj.parent,
            calendar=obj.calendar,
            address=obj.address,
            phone=obj.phone,
            actor=actor,
        )
        if "code" in form.changed_data:
            services.change_agency_code(obj, code=obj.code, on=clock.today(), actor=actor)
        if "valid_until" in form.changed_data and obj.valid_until:
            services.close_agency(obj, last_day=obj.valid_until, actor=actor)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        services.set_predecessors(
            form.instance, form.cleaned_data.get("predecessors", ()), actor=get_actor(request)
        )


def _create(agency: Agency, request: HttpRequest) -> Agency:
    return services.create_agency(
        code=agency.code,
        name=agency.name,
        kind=agency.kind,
        parent=agency.parent,
        calendar=agency.calendar,
        valid_from=agency.valid_from,
        valid_until=agency.valid_until,
        address=agency.address,
        phone=agency.phone,
        actor=get_actor(request),
    )


@admin.register(CalendarDay, site=admin_site)
class CalendarDayAdmin(ServiceAdmin[CalendarDay]):
    """The only rows that may go again: a day without one is an ordinary day of the week."""

    list_display = ("day", "kind", "note", "calendar")
    list_filter = ("calendar", "kind")
    list_select_related = ("calendar",)
    date_hierarchy = "day"
    ordering = ("-day",)
    actions = ("make_ordinary",)

    def get_readonly_fields(self, request: HttpRequest, obj: CalendarDay | None = None) -> tuple[str, ...]:
        return () if obj is None else ("calendar", "day")

    def save_model(self, request: HttpRequest, obj: CalendarDay, form: Any, change: bool) -> None:
        row = services.set_day(obj.calendar, obj.day, kind=obj.kind, note=obj.note, actor=get_actor(request))
        obj.pk = row.pk

    @admin.action(description=_("Thành ngày thường"))
    def make_ordinary(self, request: HttpRequest, days: QuerySet[CalendarDay]) -> None:
        for row in days.select_related("calendar"):
            services.forget_day(row.calendar, row.day, actor=get_actor(request))

"""What every page of the administration site has in common."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from portal.accounts.adminpages.choosing import UNKNOWN_KEY, OneByKey, PickOne, PickSome
from portal.accounts.choices import Role
from portal.accounts.requests import get_actor
from portal.core.errors import Conflict, Forbidden, RuleViolation

M = TypeVar("M", bound=Model)

if TYPE_CHECKING:

    class _ModelAdmin(ModelAdmin[M]): ...

else:

    class _ModelAdmin(ModelAdmin, Generic[M]): ...


REFUSALS = (Conflict, Forbidden, RuleViolation)


class ServiceAdmin(_ModelAdmin[M]):
    """Site admins only; nothing is deleted; every write is a use case with a transaction of its own."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return get_actor(request).has_role(Role.SITE_ADMIN)

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the page offers as a filter: no other column can be asked letter by letter."""
        offered = {*self.list_filter, self.date_hierarchy}
        return lookup.partition("__")[0] in offered and super().lookup_allowed(lookup, value, request)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs |= {"widget": PickOne(db_field, self.admin_site), "form_class": OneByKey}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs |= {"widget": PickSome(db_field, self.admin_site), "error_messages": UNKNOWN_KEY}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The service opens the only transaction; its refusal comes back as a message."""
        names = ("object_id", "form_url", "extra_context")
        given = {"object_id": None, "form_url": "", "extra_context": None}
        given |= dict(zip(names, args, strict=False)) | kwargs
        try:
            response: HttpResponse = self._changeform_view(request, *(given[name] for name in names))  # type: ignore[attr-defined]
        except REFUSALS as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(request.get_full_path())
        return response

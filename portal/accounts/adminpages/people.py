"""Accounts and memberships in the administration site. Passwords are not there at all."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.accounts import services
from portal.accounts.admin_site import admin_site
from portal.accounts.adminpages.base import ServiceAdmin
from portal.accounts.choices import Role
from portal.accounts.models import Membership, User
from portal.accounts.requests import get_actor


@admin.register(User, site=admin_site)
class UserAdmin(ServiceAdmin[User]):
    """A new account gets its password by "Quên mật khẩu"; identity is verified at the desk."""

    list_display = ("username", "full_name", "email", "identity_level", "is_active")
    search_fields = ("username", "full_name", "email")
    ordering = ("username",)
    actions = None

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        shared = ("username", "full_name", "email", "language")
        return shared if obj is None else (*shared, "identity_level", "is_active", "last_login")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        return () if obj is None else ("username", "email", "identity_level", "last_login")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        actor = get_actor(request)
        if not change:
            made = services.create_user(
                username=obj.username,
                full_name=obj.full_name,
                email=obj.email,
                language=obj.language,
                actor=actor,
            )
            obj.pk = made.pk
            return
        services.update_account(obj, full_name=obj.full_name, language=obj.language, actor=actor)
        if "is_active" in form.changed_data:
            services.set_active(obj, active=obj.is_active, actor=actor)


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]
    """Roles as boxes to tick."""

    roles = forms.MultipleChoiceField(
        label=_("Vai trò"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Membership
        fields = ("user", "agency", "roles", "title", "signs_for")


@admin.register(Membership, site=admin_site)
class MembershipAdmin(ServiceAdmin[Membership]):
    form = MembershipForm
    list_display = ("user", "agency", "title", "role_names", "since", "until")
    list_filter = ("agency",)
    list_select_related = ("user", "agency")
    search_fields = ("user__username", "user__full_name", "agency__name")
    autocomplete_fields = ("user", "agency")
    actions = ("end",)

    @admin.display(description=_("Vai trò"))
    def role_names(self, membership: Membership) -> str:
        return ", ".join(str(Role(role).label) for role in membership.roles)

    @admin.action(description=_("Kết thúc các vai trò đã chọn"))
    def end(self, request: HttpRequest, memberships: QuerySet[Membership]) -> None:
        for membership in memberships:
            services.revoke_membership(membership, actor=get_actor(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        return () if obj is None else ("user", "agency", "since", "until")

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        actor = get_actor(request)
        if change:
            services.change_membership(
                obj, roles=obj.roles, title=obj.title, signs_for=obj.signs_for, actor=actor
            )
            return
        made = services.grant_membership(
            obj.user, obj.agency, roles=obj.roles, title=obj.title, signs_for=obj.signs_for, actor=actor
        )
        obj.pk = made.pk

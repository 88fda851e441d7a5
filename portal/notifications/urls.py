"""Addresses of the inbox, under /accounts/notices/."""

from django.urls import path

from portal.notifications import views

app_name = "notifications"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("settings/", views.settings, name="settings"),
    path("<uuid:message_id>/read/", views.read, name="read"),
]

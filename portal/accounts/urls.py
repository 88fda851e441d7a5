"""Addresses of a person's own pages, beside those of portal.accounts.signin.urls."""

from django.urls import path

from portal.accounts import views

app_name = "accounts"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("acting/", views.switch, name="switch"),
    path("session/", views.extend, name="extend"),
    path("language/", views.choose_language, name="language"),
    path("kept/", views.kept, name="kept"),
]

"""Addresses of trying a draft out, below /catalogue/<code>/."""

from django.urls import path

from dossiers.replay import views

app_name = "rehearsal"
urlpatterns = [
    path("<str:code>/replay/", views.replay, name="replay"),
    path("<str:code>/trial/", views.trial, name="trial"),
]

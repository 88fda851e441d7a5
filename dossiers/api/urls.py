"""Addresses of the dossier calls, under /api/v1/."""

from django.urls import path

from dossiers.api import actions, views

urlpatterns = [
    path("uploads", views.upload, name="uploads"),
    path("dossiers", views.dossiers, name="dossiers"),
    path("dossiers/<uuid:dossier_id>", views.dossier, name="dossier"),
    path("dossiers/<uuid:dossier_id>/events", views.events, name="dossier_events"),
    path("track", views.track, name="track"),
    *actions.urlpatterns,
]

"""The address of public tracking; included by dossiers.urls, so that both are one namespace."""

from django.urls import path

from dossiers.views import tracking

urlpatterns = [path("", tracking.track, name="track")]

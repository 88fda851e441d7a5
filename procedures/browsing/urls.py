"""Addresses of browsing; their names belong to the catalogue's. Literal names stand before codes."""

from django.urls import path

from procedures.browsing import views

urlpatterns = [
    path("procedures/browse/", views.browse, name="browse"),
    path("procedures/browse/agencies/", views.agencies, name="agencies"),
    path("procedures/browse/fields/<str:field_key>/", views.field, name="field"),
    path("procedures/life/<slug:event_key>/", views.life, name="life"),
]

"""Addresses of the catalogue under /api/v1/; no trailing slash."""

from django.urls import path

from procedures.api import views

app_name = "procedures-api"

urlpatterns = [
    path("procedures", views.list_procedures, name="list"),
    path("procedures/<str:code>", views.get_procedure, name="detail"),
    path("procedures/<str:code>/form", views.get_form, name="form"),
]

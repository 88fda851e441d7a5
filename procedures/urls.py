"""Addresses of the public catalogue."""

from django.urls import path

from procedures import views

app_name = "procedures"

urlpatterns = [
    path("", views.home, name="home"),
    path("procedures/", views.search, name="search"),
    path("procedures/<str:code>/", views.detail, name="detail"),
    path("procedures/<str:code>/print/", views.print_form, name="print"),
]

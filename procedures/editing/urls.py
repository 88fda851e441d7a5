"""Addresses of the catalogue's rooms, below /catalogue/. Literal names stand before codes."""

from django.urls import URLPattern, URLResolver, include, path

from procedures.editing import lists, views

app_name = "catalogue"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", lists.index, name="index"),
    path("new/", lists.new, name="new"),
    path("", include("procedures.editing.words.urls")),
    path("", include("procedures.editing.loads.urls")),
    path("", include("procedures.editing.builder.urls")),
    path("", include("procedures.editing.publish.urls")),
    path("<str:code>/", views.overview, name="procedure"),
    path("<str:code>/start/", views.start, name="start"),
    path("<str:code>/undo/", views.undo, name="undo"),
    path("<str:code>/redo/", views.redo, name="redo"),
    path("<str:code>/discard/", views.discard, name="discard"),
    path("<str:code>/edit/", views.edit, name="edit"),
    path("<str:code>/edit/<str:section>/", views.section, name="section"),
]

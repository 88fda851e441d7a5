"""Addresses of this room of the catalogue."""

from django.urls import URLPattern, path

from procedures.editing.builder import block_views, preview, views

urlpatterns: list[URLPattern] = [
    path("blocks/", block_views.blocks, name="blocks"),
    path("<str:code>/form/", views.form, name="form"),
    path("<str:code>/form/preview/", preview.preview, name="form_preview"),
    path("<str:code>/form/pane/", views.pane, name="form_pane"),
    path("<str:code>/form/condition/", views.condition, name="form_condition"),
]

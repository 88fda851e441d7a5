"""Addresses of bringing procedures in and taking them out."""

from django.urls import URLPattern, path

from procedures.editing.loads import exporting, views

urlpatterns: list[URLPattern] = [
    path("imports/", views.imports, name="imports"),
    path("imports/<uuid:load_id>/", views.load, name="import"),
    path("imports/<uuid:load_id>/choose/", views.choose_all, name="import_choose"),
    path("imports/<uuid:load_id>/apply/", views.apply, name="import_apply"),
    path("imports/<uuid:load_id>/discard/", views.discard, name="import_discard"),
    path("imports/<uuid:load_id>/<int:position>/", views.imported_record, name="import_record"),
    path("export/", exporting.export, name="export"),
    path("export/catalogue.zip", exporting.download, name="export_file"),
]

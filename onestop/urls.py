"""Addresses of the counter, under /onestop/."""

from django.urls import path

from onestop.views import acts, dossier, intake, supplement, worklist

app_name = "onestop"
urlpatterns = [
    path("", worklist.desk, name="desk"),
    path("intake/", intake.intake, name="intake"),
    path("intake/<uuid:dossier_id>/", intake.taken, name="taken"),
    path("dossiers/<uuid:dossier_id>/", dossier.main, name="dossier"),
    path("dossiers/<uuid:dossier_id>/history/", dossier.history, name="history"),
    path("dossiers/<uuid:dossier_id>/prints/", dossier.prints, name="prints"),
    path("dossiers/<uuid:dossier_id>/<slug:key>.pdf", dossier.print_pdf, name="print"),
    path("dossiers/<uuid:dossier_id>/files/<uuid:file_id>/", dossier.file, name="file"),
    path("dossiers/<uuid:dossier_id>/supplement/", supplement.supplement, name="supplement"),
    path("dossiers/<uuid:dossier_id>/do/<slug:name>/", acts.act, name="act"),
]

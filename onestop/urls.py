"""Addresses of the counter, under /onestop/."""

from django.urls import path

from onestop.views import (
    acts,
    certification,
    dossier,
    finding,
    intake,
    merging,
    register,
    supplement,
    worklist,
)

app_name = "onestop"
urlpatterns = [
    path("", worklist.desk, name="desk"),
    path("register/", register.register, name="register"),
    path("register.pdf", register.register_pdf, name="register_pdf"),
    path("register.xlsx", register.register_xlsx, name="register_xlsx"),
    path("intake/", intake.intake, name="intake"),
    path("intake/<uuid:dossier_id>/", intake.taken, name="taken"),
    path("certification/", certification.certification, name="certification"),
    path("certification/book/", certification.register, name="certification_book"),
    path("certification/book.pdf", register.certification_pdf, name="certification_pdf"),
    path("certification/<uuid:dossier_id>/", certification.certified, name="certified"),
    path("certification/<uuid:dossier_id>/cancel/", certification.cancel, name="cancel_certification"),
    path("find/", finding.find, name="find"),
    path("dossiers/<uuid:dossier_id>/", dossier.main, name="dossier"),
    path("dossiers/<uuid:dossier_id>/history/", dossier.history, name="history"),
    path("dossiers/<uuid:dossier_id>/prints/", dossier.prints, name="prints"),
    path("dossiers/<uuid:dossier_id>/<slug:key>.pdf", dossier.print_pdf, name="print"),
    path("dossiers/<uuid:dossier_id>/files/<uuid:file_id>/", dossier.file, name="file"),
    path("dossiers/<uuid:dossier_id>/supplement/", supplement.supplement, name="supplement"),
    path("dossiers/<uuid:dossier_id>/do/<slug:name>/", acts.act, name="act"),
    path("agencies/merge/", merging.merge, name="merge"),
    path("agencies/merged/", merging.merged, name="merged"),
]

"""Addresses of dossiers: /dossiers/ for those signed in, /track/ for everybody."""

from django.urls import URLPattern, URLResolver, include, path

from dossiers.views import (
    acts,
    detail,
    files,
    filing,
    mine,
    page,
    paper_forms,
    papers,
    review,
    start,
    supplement,
)

app_name = "dossiers"

_filing = [
    path("", filing.tasks, name="filing"),
    path("check/", review.check, name="check"),
    path("<slug:page>/", page.page, name="filing_page"),
]
_dossier: list[URLPattern | URLResolver] = [
    path("", detail.detail, name="detail"),
    path("filing/", include(_filing)),
    path("case/", filing.case, name="case"),
    path("papers/", papers.papers, name="papers"),
    path("discard/", filing.discard, name="discard"),
    path("done/", review.done, name="done"),
    path("supplement/", supplement.supplement, name="supplement"),
    path("withdraw/", acts.withdraw, name="withdraw"),
    path("confirmation/", acts.confirmation, name="confirmation"),
    path("consent/", acts.consent, name="consent"),
    path("files/<uuid:file_id>/", files.file, name="file"),
    path("print/<slug:key>/", files.printed, name="print"),
]
_pages: list[URLPattern | URLResolver] = [
    path("", mine.mine, name="mine"),
    path("new/<str:code>/", start.start, name="start"),
    path("<uuid:dossier_id>/", include(_dossier)),
]
urlpatterns = [
    path("dossiers/", include(_pages)),
    path("procedures/<str:code>/blank.pdf", paper_forms.blank_form, name="blank_form"),
    path("procedures/<str:code>/sample.pdf", paper_forms.sample_form, name="sample_form"),
    path("track/", include("dossiers.track_urls")),
]

"""Addresses of checking, reviewing, versions and closing."""

from django.urls import URLPattern, path

from procedures.editing.publish import checking, closing, reviewing, versions

urlpatterns: list[URLPattern] = [
    path("<str:code>/check/", checking.check, name="check"),
    path("<str:code>/review/", reviewing.review, name="review"),
    path("<str:code>/review/publish/", reviewing.publish, name="publish"),
    path("<str:code>/review/return/", reviewing.send_back, name="send_back"),
    path("<str:code>/versions/", versions.index, name="versions"),
    path("<str:code>/versions/compare/", versions.compare, name="compare"),
    path("<str:code>/versions/<int:number>/", versions.show, name="version"),
    path("<str:code>/versions/<int:number>/restore/", versions.restore, name="restore"),
    path("<str:code>/versions/<int:number>/cancel/", versions.cancel, name="cancel"),
    path("<str:code>/close/", closing.close, name="close"),
    path("<str:code>/reopen/", closing.reopen, name="reopen"),
]

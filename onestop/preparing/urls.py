"""Addresses of filling for print, under /procedures/<code>/prepare/."""

from django.urls import path

from onestop.views import preparing

app_name = "prepare"
urlpatterns = [
    path("", preparing.fill, name="fill"),
    path("done/", preparing.done, name="done"),
    path("form.pdf", preparing.form_pdf, name="pdf"),
]

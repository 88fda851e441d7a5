"""Addresses of the outbox's administration, under /notices/."""

from django.urls import path

from portal.accounts.noticepages import outbox, texts

app_name = "notices"
urlpatterns = [
    path("", outbox.overview, name="overview"),
    path("troubles/", outbox.troubles, name="troubles"),
    path("retry/", outbox.retry, name="retry"),
    path("retry-all/", outbox.retry_all, name="retry_all"),
    path("stop/", outbox.stop, name="stop"),
    path("texts/", texts.index, name="texts"),
    path("text/", texts.text, name="text"),
    path("text/restore/", texts.restore, name="restore"),
    path("text/shipped/", texts.shipped, name="shipped"),
]

"""Addresses of the demo, under /demo/, only with DEMO=1."""

from django.urls import path

from portal.demo import views

app_name = "demo"

urlpatterns = [
    path("mailbox/", views.mailbox, name="mailbox"),
    path("phone/", views.phone, name="phone"),
]

"""Addresses of the reports, under /notices/receipts/."""

from django.urls import path

from portal.notifications.receipts import views

app_name = "receipts"

urlpatterns = [
    path("<slug:provider>/", views.receive, name="receive"),
]

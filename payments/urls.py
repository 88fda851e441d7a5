"""Addresses of payments, under /payments/."""

from django.urls import path

from payments import views

app_name = "payments"
urlpatterns = [
    path("<uuid:fee_id>/", views.fee, name="fee"),
    path("receipts/<uuid:receipt_id>.pdf", views.receipt, name="receipt"),
]

"""Addresses of the payment calls, under /api/v1/, before those of dossiers."""

from django.urls import path

from payments.api.attempts import payments
from payments.api.views import PayFeeView

urlpatterns = [
    path("dossiers/<uuid:dossier_id>/payments", payments, name="dossier_payments"),
    path("dossiers/<uuid:dossier_id>/actions/pay_fee", PayFeeView.as_view(), name="pay_fee"),
]

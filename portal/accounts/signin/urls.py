"""Addresses of sign-in under the names allauth expects, hence without a namespace."""

from django.urls import path

from portal.accounts.signin import views
from portal.accounts.views import email

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("logout/", views.sign_out, name="account_logout"),
    path("signup/", views.sign_up, name="account_signup"),
    path("confirm-email/", views.confirm_email, name="account_email_verification_sent"),
    path("email/", email, name="account_email"),
    path("password/change/", views.change_password, name="account_change_password"),
    path("password/reset/", views.reset_password, name="account_reset_password"),
    path("password/reset/confirm/", views.confirm_reset_code, name="account_confirm_password_reset_code"),
    path("password/reset/complete/", views.complete_reset, name="account_complete_password_reset"),
    path("password/reset/done/", views.reset_done, name="account_password_reset_completed"),
]

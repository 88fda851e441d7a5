"""App configuration of payments."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from payments.checking import register_kinds
        from payments.gateways.vietqr import gateway as vietqr
        from payments.gateways.vnpay import gateway as vnpay
        from payments.integrity import register_checks
        from payments.notices import register_notices
        from payments.refunds import notices as refund_notices  # noqa: F401  (it registers its events)
        from payments.services import refunding  # noqa: F401  (it registers its kind of proposal)
        from payments.statements.checks import register_statement_checks
        from payments.statements.notices import register_statement_notices

        vnpay.register()
        vietqr.register()
        register_checks()
        register_kinds()
        register_notices()
        register_statement_notices()
        register_statement_checks()

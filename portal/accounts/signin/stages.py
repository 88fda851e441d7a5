"""The confirmation of the e-mail address during sign-in."""

from typing import Any

from allauth.account.stages import EmailVerificationStage


class ConfirmEmailStage(EmailVerificationStage):  # type: ignore[misc]
    """As allauth's, but accounts made at a desk without e-mail may sign in."""

    def handle(self) -> tuple[Any, bool]:
        user = self.login.user
        if user is not None and not user.email:
            return None, True
        response: tuple[Any, bool] = super().handle()
        return response

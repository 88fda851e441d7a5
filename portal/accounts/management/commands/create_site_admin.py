"""manage.py create_site_admin: the first person of a new installation, who then lets in all others."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from portal.accounts import selectors
from portal.accounts.actor import Actor
from portal.accounts.choices import AgencyKind, Role
from portal.accounts.models import Agency
from portal.accounts.services import create_agency, create_user, grant_membership
from portal.core import clock
from portal.core.errors import NotFound, PortalError, RuleViolation

CALENDAR = "std"


class Command(BaseCommand):
    help = (
        "Makes an account with the role of site admin at an agency, which is made too when its code is new. "
        "The password is set on the sign-in page, by a code sent to the e-mail."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--full-name", required=True)
        parser.add_argument("--email", required=True)
        parser.add_argument("--agency", required=True, help="national code, such as H13")
        parser.add_argument("--agency-name", default="", help="only for an agency that is not known yet")

    def handle(self, *_args: object, **options: Any) -> None:
        try:
            agency = find_agency(options["agency"], options["agency_name"])
            user = create_user(
                username=options["username"],
                full_name=options["full_name"],
                email=options["email"],
                actor=Actor.system(),
            )
            agency = agency or found_agency(options["agency"], options["agency_name"])
            grant_membership(user, agency, roles=[Role.SITE_ADMIN], actor=Actor.system())
        except PortalError as error:
            fields = error.errors if isinstance(error, RuleViolation) else {}
            reasons = [f"{field}: {' '.join(sentences)}" for field, sentences in fields.items()]
            raise CommandError("\n".join([str(error), *reasons])) from error
        where = reverse("account_reset_password")
        self.stdout.write(f"{user.username} administers {agency.name}; the password is set at {where}")


def find_agency(code: str, name: str) -> Agency | None:
    """The agency of a code; None where it is unknown and a name is given to found it. Raises CommandError."""
    try:
        return selectors.get_agency_now(code)
    except NotFound as error:
        if not name:
            raise CommandError(f"No agency has the code {code}: give --agency-name to found it") from error
        return None


def found_agency(code: str, name: str) -> Agency:
    """A new agency at the top of the tree."""
    return create_agency(
        code=code,
        name=name,
        kind=AgencyKind.PROVINCE,
        calendar=selectors.get_calendar(CALENDAR),
        valid_from=clock.today(),
        actor=Actor.system(),
    )

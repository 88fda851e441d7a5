"""How often somebody may try to sign in, sign up or have a code sent."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from portal.accounts import selectors
from portal.accounts.notices import tell_locked
from portal.core import throttle
from portal.core.errors import RateLimited
from portal.core.throttle import Limit

MINUTE, HOUR = 60, 3600

PER_ACCOUNT = Limit("sign-in-account", hits=10, window_s=5 * MINUTE, block_s=5 * MINUTE)
PER_ADDRESS = Limit("sign-in-address", hits=200, window_s=5 * MINUTE, block_s=5 * MINUTE)
SIGN_UP = Limit("sign-up-address", hits=30, window_s=HOUR)
MAIL_TO = Limit("account-mail", hits=6, window_s=HOUR)
MAIL_BY_ADDRESS = Limit("account-mail-address", hits=60, window_s=HOUR)
PARK = Limit("park-address", hits=60, window_s=10 * MINUTE)


def find_address(request: HttpRequest) -> str:
    """The client's address; of IPv6 the /64 network, which one household or attacker owns."""
    text: str = get_adapter().get_client_ip(request)
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((address, 64), strict=False).network_address)
    return text


def find_subject(login: str) -> str:
    """What failures are counted on: the account, by whichever of its names; else the name as typed."""
    user = selectors.find_user_by_login(login)
    return f"user:{user.pk}" if user else f"name:{selectors.clean_login(login)}"


def begin_attempt(request: HttpRequest, login: str) -> None:
    """Count one try before the password is looked at, so that parallel tries cannot slip through.

    Raises RateLimited, for existing and for unknown names alike.
    """
    throttle.check(PER_ADDRESS, find_address(request))
    throttle.hit(PER_ACCOUNT, find_subject(login))


def attempt_succeeded(login: str) -> None:
    throttle.reset(PER_ACCOUNT, find_subject(login))


def attempt_failed(request: HttpRequest, login: str) -> None:
    """Count the failure on the address; the tenth on one account locks it, and its holder is told.

    Raises RateLimited when the address has used up its failures.
    """
    address = find_address(request)
    user = selectors.find_user_by_login(login)
    if user is not None and _is_locked(f"user:{user.pk}"):
        tell_locked(user, address)
    throttle.hit(PER_ADDRESS, address)


def _is_locked(subject: str) -> bool:
    try:
        throttle.check(PER_ACCOUNT, subject)
    except RateLimited:
        return True
    return False


def count_mail(request: HttpRequest, email: str) -> None:
    """Count one letter with a code. Raises RateLimited, whether or not the address has an account."""
    throttle.hit(MAIL_BY_ADDRESS, find_address(request))
    throttle.hit(MAIL_TO, email.lower())

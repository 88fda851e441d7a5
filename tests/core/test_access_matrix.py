"""Every address, every kind of caller, every method: nobody comes further than policy and ownership say.

The expectations are generated (tests.access.rights); a new route joins by itself, and fails until its view
states a policy and, with an id in its address, a row says whose it is.
"""

import copy
import re

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from portal.core.policy import PUBLIC
from tests.access import callers as who
from tests.access import document
from tests.access.callers import CALLERS
from tests.access.people import World, make_world, swap_ids
from tests.access.rights import READING, Gate, expect, list_unowned
from tests.access.routes import Route, list_routes

ROUTES = list_routes()
ADMIN = [route for route in ROUTES if route.is_admin]
OWN = [route for route in ROUTES if not route.is_admin]
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
UNSERVED = ("PUT", "DELETE")
NO_SUCH_METHOD = 405
SERVER_FAULT = 500
SIGN_IN_PAGES = ("/accounts/login/", "/admin/login/")
# Pages that ask for one act: who may not take it in this state is told so before typing.
ASKING_FOR_AN_ACT = {"onestop:act", "onestop:supplement", "dossiers:consent", "dossiers:confirmation"}
CHANGED_BY_READING = {
    "AuditEntry",
    "GatewayEvent",
    "ReadLog",
    "Session",
    "Throttle",
}  # a register that is taken away is noted, and what a gateway tells us by GET
_CHANGING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|csrfmiddlewaretoken\" value=\"\w+\"")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def as_of_a_test() -> transaction.Atomic:
    """An atomic block that may hold durable ones, as those of Django's TestCase may."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    return block


def call(client: Client, method: str, address: str) -> HttpResponse:
    """The answer; what the call wrote, and what it did to the browser's cookies, is undone."""
    cookies = copy.copy(client.cookies)
    with as_of_a_test():
        answer = client.generic(method, address, b"{}" if "/api/" in address else b"", _type_of(address))
        answer.getvalue()  # what is streamed is read while the transaction is open
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer  # type: ignore[return-value]


def _type_of(address: str) -> str:
    return "application/json" if "/api/" in address else "application/x-www-form-urlencoded"


def find_gate(answer: HttpResponse) -> Gate:
    """How far the caller came, told from outside."""
    if answer.status_code == 401 or answer.headers.get("Location", "").startswith(SIGN_IN_PAGES):
        return Gate.SIGN_IN
    return {403: Gate.FORBIDDEN, 404: Gate.HIDDEN}.get(answer.status_code, Gate.OPEN)


def judge(route: Route, caller: str, method: str, answer: HttpResponse) -> str:
    """What is wrong with this answer; nothing: an empty text."""
    expected = expect(route, caller, method)
    line = f"{method} {route.shape} by {caller}: {answer.status_code}, expected {expected.name}"
    if answer.status_code == NO_SUCH_METHOD:
        return ""
    if answer.status_code >= SERVER_FAULT or (method in UNSERVED and not is_refused(route, answer)):
        return line
    return "" if find_gate(answer) in list_fitting(route, method, expected) else line


def is_refused(route: Route, answer: HttpResponse) -> bool:
    """Nothing of ours answers PUT and DELETE; sign-in pages of allauth take them for GET or POST."""
    return find_gate(answer) is not Gate.OPEN or route.name.startswith("account_")


def list_fitting(route: Route, method: str, expected: Gate) -> set[Gate]:
    """What an answer may look like where this is expected."""
    if expected is not Gate.OPEN:
        return {expected}
    if route.policy == PUBLIC:
        return {Gate.OPEN, Gate.SIGN_IN}
    asks = method not in READING or route.name in ASKING_FOR_AN_ACT
    return {Gate.OPEN, Gate.FORBIDDEN} if asks else {Gate.OPEN}


def test_every_route_states_its_policy_and_whose_its_things_are() -> None:
    assert [route.name for route in ROUTES if route.policy is None] == []
    assert list_unowned(ROUTES) == []
    names = [route.name for route in ROUTES]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("callers", [CALLERS[start::4] for start in range(4)], ids=" + ".join)
def test_nobody_comes_further_than_policy_and_ownership_say(world: World, callers: tuple[str, ...]) -> None:
    faults = [
        judge(route, caller, method, call(world.clients[caller], method, route.build(world.filed)))
        for caller in callers
        for route in OWN
        for method in list_methods(route, caller)
    ]
    assert list(filter(None, faults)) == []


def list_methods(route: Route, caller: str) -> tuple[str, ...]:
    """Who is stopped by the policy of the view is stopped before the method is looked at: two say it for all."""
    return METHODS if expect(route, caller, "GET") is Gate.OPEN else ("GET", "POST")


def test_a_draft_is_there_for_its_author_alone(world: World) -> None:
    strangers = (who.OTHER_CITIZEN, "reception", who.OTHER_OFFICER, who.LEADER_BELOW)
    routes = [route for route in OWN if route.ids == ("dossier_id",)]
    seen = [
        f"{method} {route.name} by {caller}: {answer.status_code}"
        for caller in strangers
        for route in routes
        for method in ("GET", "POST")
        for answer in [call(world.clients[caller], method, route.build(world.draft))]
        if answer.status_code not in {403, 404, NO_SUCH_METHOD}
    ]
    assert seen == []


def test_what_is_not_theirs_looks_exactly_like_what_is_not_there(world: World) -> None:
    for caller in (who.OTHER_CITIZEN, who.OTHER_OFFICER, who.LEADER):
        for route in OWN:
            for method in ("GET", "POST"):
                if expect(route, caller, method) is Gate.HIDDEN:
                    theirs, nowhere = (
                        call(world.clients[caller], method, route.build(values))
                        for values in (world.filed, swap_ids(world.filed, route.ids))
                    )
                    assert describe(theirs) == describe(nowhere), f"{method} {route.name} by {caller}"


def describe(answer: HttpResponse) -> tuple[int, str]:
    """Status and body without what differs from request to request."""
    return answer.status_code, _CHANGING.sub("…", answer.content.decode())


def test_the_administration_is_for_site_admins_alone(world: World) -> None:
    for caller in (who.VISITOR, who.OWNER, who.LEADER, who.CATALOGUE_ADMIN, who.SITE_ADMIN):
        for route in ADMIN:
            for method in ("GET", "POST"):
                answer = call(world.clients[caller], method, route.build(world.filed))
                where = f"{method} {route.name} by {caller}: {answer.status_code}"
                assert answer.status_code < SERVER_FAULT, where
                assert caller == who.SITE_ADMIN or answer.status_code in {302, 403, 404}, where


def test_reading_changes_nothing(world: World) -> None:
    models = [model for model in apps.get_models() if model.__name__ not in CHANGED_BY_READING]

    def count() -> dict[str, int]:
        return {model._meta.label: model._default_manager.count() for model in models}

    before, client = count(), world.clients["reception"]
    for route in OWN:
        with as_of_a_test():
            client.get(route.build(world.filed))
            assert count() == before, route.name
            transaction.set_rollback(True)


def test_the_printed_matrix_is_up_to_date() -> None:
    assert document.FILE.read_text(encoding="utf-8") == document.build(), "python -m tests.access.document"

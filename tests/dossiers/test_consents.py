"""Where every owner must agree: filing is the filer's consent, the others are asked, and the desk waits for them."""

from dataclasses import replace

import pytest
from django.test import Client

from dossiers import commands as c
from dossiers.choices import ConsentManner
from dossiers.consents import list_awaited, list_consents
from dossiers.models import Dossier
from dossiers.services import acting, supplementing
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.core.errors import RuleViolation
from portal.notifications.models import Delivery, Message
from tests.factories.answers_civil import ANSWERS, CASES, MAN_NUMBER, WOMAN_NUMBER
from tests.factories.dossiers import Desk, Request, file_dossier, make_desk
from tests.factories.people import make_actor, make_user

pytestmark = pytest.mark.django_db

MARRIAGE = "1.000894"
BRIDE, GROOM = "Lý Thị Bông", "Y Blăm Niê"


@pytest.fixture
def desk() -> Desk:
    return make_desk(MARRIAGE)


@pytest.fixture
def bride() -> User:
    return make_user(full_name=BRIDE, national_id=WOMAN_NUMBER)


@pytest.fixture
def groom() -> User:
    return make_user(full_name=GROOM, national_id=MAN_NUMBER)


def file_marriage(desk: Desk, actor: Actor, channel: str = "online") -> Dossier:
    request = Request(MARRIAGE, CASES[MARRIAGE], answers=ANSWERS[MARRIAGE], channel=channel)
    return file_dossier(desk, request, actor=actor)


def accept(desk: Desk, dossier: Dossier) -> Dossier:
    return acting.perform(dossier.pk, c.Accept(), actor=desk.reception.actor, version=None)


def names_awaited(dossier: Dossier) -> list[str]:
    return [owner.name for owner in list_awaited(dossier.filings.latest("revision"))]


def asked() -> list[Message]:
    return list(Message.objects.filter(event="dossier.consent_asked").order_by("created_at"))


def read(user: User, path: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(path).content.decode()


def test_filing_is_consent_and_the_desk_waits_for_the_other(desk: Desk, bride: User, groom: User) -> None:
    dossier = file_marriage(desk, make_actor(bride))
    (given,) = dossier.consents.all()
    assert (given.party.name, given.how) == (BRIDE, ConsentManner.ACCOUNT)
    assert (dossier.events.get(kind="submit").payload or {})["agreed_by_filing"] == 1
    assert "nộp bằng tài khoản của mình là đã đồng ý" in read(bride, f"/dossiers/{dossier.pk}/")
    with pytest.raises(RuleViolation, match="consent_missing") as refused:
        accept(desk, dossier)
    assert f"Chưa đồng ý: {GROOM}." in refused.value.message
    party = dossier.parties.get(party__name=GROOM).party_id
    acting.give_consent(dossier.pk, party, ConsentManner.ACCOUNT, actor=make_actor(groom), version=None)
    assert accept(desk, dossier).status == "accepted"


@pytest.mark.parametrize("who", ["officer", "unverified", "stranger"])
def test_nobody_agrees_for_an_owner_by_filing(desk: Desk, who: str) -> None:
    actor = {
        "officer": desk.reception.actor,
        "unverified": make_actor(make_user(full_name=BRIDE)),
        "stranger": desk.citizen_actor,
    }[who]
    dossier = file_marriage(desk, actor, channel="desk" if who == "officer" else "online")
    assert not dossier.consents.exists()
    assert "agreed_by_filing" not in (dossier.events.order_by("seq")[0].payload or {})
    assert names_awaited(dossier) == [BRIDE, GROOM]


def test_an_officer_who_is_an_owner_does_not_agree_by_receiving(desk: Desk) -> None:
    index = make_actor(make_user(full_name=BRIDE, national_id=WOMAN_NUMBER)).identity_index
    actor = replace(desk.reception.actor, identity_index=index)
    assert not file_marriage(desk, actor, channel="desk").consents.exists()


def test_a_supplement_counts_for_who_files_it_and_asks_the_other_again(
    desk: Desk, bride: User, groom: User
) -> None:
    dossier = file_marriage(desk, make_actor(bride))
    items = (c.SupplementItem("Ngày ly hôn chưa rõ.", field="second_divorce_paper"),)
    dossier = acting.perform(
        dossier.pk, c.RequestSupplement(items), actor=desk.reception.actor, version=dossier.version
    )
    changed = {**ANSWERS[MARRIAGE], "second_divorce_paper": "26/2024/QĐST-HNGĐ, ngày 15/3/2024"}
    actor = make_actor(groom)
    dossier = supplementing.supplement(dossier.pk, actor=actor, version=dossier.version, answers=changed)
    latest = dossier.filings.latest("revision")
    assert [(o.name, o.has_agreed) for o in list_consents(latest)] == [(BRIDE, False), (GROOM, True)]
    assert [message.user_id for message in asked()] == [groom.pk, bride.pk]


def test_the_other_owner_is_told_by_mail_and_in_the_inbox(desk: Desk, bride: User, groom: User) -> None:
    dossier = file_marriage(desk, make_actor(bride))
    (message,) = asked()
    assert message.user_id == groom.pk
    channels = set(Delivery.objects.filter(message=message).values_list("channel", flat=True))
    assert channels == {"inapp", "email"}
    said = " ".join(map(str, message.context.values()))
    assert f"/dossiers/{dossier.pk}/consent/" in said
    assert not any(number in said for number in (MAN_NUMBER, WOMAN_NUMBER))
    inbox = read(groom, "/accounts/notices/")
    assert "cần bạn đồng ý" in inbox


def test_the_pages_say_whose_consent_is_awaited(desk: Desk, bride: User, groom: User) -> None:
    dossier = file_marriage(desk, make_actor(bride))
    for below in ("", "done/"):
        assert f"Chờ {GROOM} đồng ý" in read(bride, f"/dossiers/{dossier.pk}/{below}")
    page = read(groom, f"/dossiers/{dossier.pk}/consent/")
    for words in (f"Chủ hồ sơ: {BRIDE}, {GROOM}.", f"Đã đồng ý: {BRIDE}.", desk.agency.name):
        assert words in page
    at_desk = read(desk.reception.user, f"/onestop/dossiers/{dossier.pk}/")
    for words in ("Chưa đủ chủ hồ sơ đồng ý", f"{BRIDE}: Đồng ý qua tài khoản", f"{GROOM}: chưa đồng ý"):
        assert words in at_desk
